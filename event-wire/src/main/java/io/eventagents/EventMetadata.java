package io.eventagents;

import java.util.Objects;

/**
 * What ties an event to the others: with it the whole chain of a request can be told, what happened
 * and why.
 *
 * @param correlationId the request that the event belongs to, the same along the whole chain
 * @param causationId the id of the event that caused this one; of a root event the call that did,
 *     such as {@code api-create-task-123}; empty if the producer named none
 * @param source the name of the agent that published it; empty if the producer named none
 */
public record EventMetadata(String correlationId, String causationId, String source) {

  /**
   * @throws NullPointerException if a component is null
   */
  public EventMetadata {
    Objects.requireNonNull(correlationId, "correlationId");
    Objects.requireNonNull(causationId, "causationId");
    Objects.requireNonNull(source, "source");
  }
}
