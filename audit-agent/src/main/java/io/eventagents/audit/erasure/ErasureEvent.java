package io.eventagents.audit.erasure;

import io.eventagents.EntityKey;
import io.eventagents.EventType;

/** The events by which the audit agent reports erasures; they are in the log themselves. */
sealed interface ErasureEvent {

  /** Their topic; each domain has one. */
  String TOPIC = "erasure-events";

  /**
   * Payloads are going to be erased.
   *
   * @param erasureId the id that erased lines name
   * @param logId the log in which they are erased
   * @param reason the reason
   * @param requestedBy who asked for it
   * @param subjectSha256 SHA-256 of the id and the subject, by which those who know the subject
   *     recognise it
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
   * @param records how many lines there are
   * @param files how many files they are in
   * @param linesSha256 SHA-256 of the hashes of these lines in the chain, in the order of the log,
   *     each followed by a line feed
   */
  @EventType("erasure.completed")
  record Completed(
      @EntityKey String erasureId, String logId, long records, long files, String linesSha256)
      implements ErasureEvent {}
}
