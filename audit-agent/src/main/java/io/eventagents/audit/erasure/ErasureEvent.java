package io.eventagents.audit.erasure;

import io.eventagents.EntityKey;
import io.eventagents.EventType;

/** What the audit agent tells of erasures: they are events of the log themselves. */
sealed interface ErasureEvent {

  /**
   * Payloads are going to be erased.
   *
   * @param erasureId the id that erased lines name
   * @param reason why
   * @param requestedBy who asked for it
   * @param subjectSha256 SHA-256 of the id and the subject, by which who knows the subject
   *     recognises it
   */
  @EventType("erasure.requested")
  record Requested(
      @EntityKey String erasureId, String reason, String requestedBy, String subjectSha256)
      implements ErasureEvent {}

  /**
   * Payloads were erased.
   *
   * @param erasureId the id that erased lines name
   * @param records how many lines do
   * @param files how many files they are in
   * @param linesSha256 SHA-256 of the hashes of these lines in the chain, in the order of the log,
   *     each followed by a line feed
   */
  @EventType("erasure.completed")
  record Completed(@EntityKey String erasureId, long records, long files, String linesSha256)
      implements ErasureEvent {}
}
