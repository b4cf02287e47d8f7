package io.eventagents.audit.erasure;

import io.eventagents.EntityKey;
import io.eventagents.EventType;

/** What the audit agent tells of erasures: they are events of the log themselves. */
sealed interface ErasureEvent {

  /** Where they are published, by the rule of one topic for each domain. */
  String TOPIC = "erasure-events";

  /**
   * Payloads are going to be erased.
   *
   * @param erasureId the id that erased lines name
   * @param logId the log that it concerns
   * @param reason why
   * @param requestedBy who asked for it
   * @param subjectSha256 SHA-256 of the id and the subject, by which who knows the subject
   *     recognises it
   */
  @EventType("erasure.requested")
  record Requested(
      @EntityKey String erasureId,
      String logId,
      String reason,
      String requestedBy,
      String subjectSha256)
      implements ErasureEvent {}

  /**
   * Payloads were erased.
   *
   * @param erasureId the id that erased lines name
   * @param logId the log that they are in
   * @param records how many lines do
   * @param files how many files they are in
   * @param linesSha256 SHA-256 of the hashes of these lines in the chain, in the order of the log,
   *     each followed by a line feed
   */
  @EventType("erasure.completed")
  record Completed(
      @EntityKey String erasureId, String logId, long records, long files, String linesSha256)
      implements ErasureEvent {}
}
