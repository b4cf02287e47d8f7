package io.eventagents.audit.proof;

/**
 * Whether the log is signed. What a process finds when it starts is signed only once it is known to
 * go on from what was signed before.
 */
public sealed interface Signing {

  /** It is. */
  record Going() implements Signing {}

  /**
   * It will be when the log was compared with what was signed of it.
   *
   * @param because what that waits for
   */
  record Waiting(String because) implements Signing {}

  /**
   * It is not signed again by this process.
   *
   * @param because where the log is not what was signed of it
   */
  record Refused(Contradiction because) implements Signing {}
}
