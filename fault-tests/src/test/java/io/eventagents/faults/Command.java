package io.eventagents.faults;

/**
 * What a client wanted of a task.
 *
 * @param task which of the clients' tasks, by their own count
 * @param eventType what happens when it is accepted
 * @param correlationId the id that the client sent with it, its own for each
 * @param outcome what the client knows
 */
record Command(String task, String eventType, String correlationId, Outcome outcome) {

  /** What a client knows of its command. */
  enum Outcome {
    /** It was accepted. */
    ACCEPTED,
    /** It was not. */
    REFUSED,
    /** The connection broke, or the answer was that nobody knows. */
    UNKNOWN
  }

  @Override
  public String toString() {
    return "%s of %s (%s, correlation %s)".formatted(eventType, task, outcome, correlationId);
  }
}
