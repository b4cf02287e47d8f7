package io.eventagents.faults;

/**
 * A client's command to a task.
 *
 * @param task the client's name for the task
 * @param eventType the event that follows if it is accepted
 * @param correlationId the id that the client sent with it, unique to each command
 * @param outcome what the client knows about the result
 */
record Command(String task, String eventType, String correlationId, Outcome outcome) {

  /** What a client knows about the result of its command. */
  enum Outcome {
    /** The command was accepted. */
    ACCEPTED,
    /** The command was refused. */
    REFUSED,
    /** The connection broke, or the answer said that the result is unknown. */
    UNKNOWN
  }

  @Override
  public String toString() {
    return "%s of %s (%s, correlation %s)".formatted(eventType, task, outcome, correlationId);
  }
}
