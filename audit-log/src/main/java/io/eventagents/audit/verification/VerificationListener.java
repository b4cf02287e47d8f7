package io.eventagents.audit.verification;

/** Is told how far a verification has come, and may hold it up. */
@FunctionalInterface
public interface VerificationListener {

  /**
   * Called every so many bytes.
   *
   * @param bytes of the log that were looked at
   * @param of all that are
   * @throws InterruptedException if the verification is to end without a result
   */
  void at(long bytes, long of) throws InterruptedException;
}
