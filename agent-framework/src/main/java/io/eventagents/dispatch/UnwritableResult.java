package io.eventagents.dispatch;

/** What an agent returned cannot be written as events; the agent itself did not fail. */
final class UnwritableResult extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Throwable failure;

  UnwritableResult(Throwable failure) {
    super("What the agent returned cannot be emitted: " + failure.getMessage(), failure);
    this.failure = failure;
  }

  /** What writing it threw. */
  Throwable failure() {
    return failure;
  }
}
