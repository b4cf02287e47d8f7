package io.eventagents.orchestrator.task;

import io.eventagents.Event;
import tools.jackson.databind.JsonNode;

/** Is told of each event of a task, in the transaction of the command that led to it. */
@FunctionalInterface
public interface TaskListener {

  /**
   * An event is about to be published.
   *
   * @param data its data as they are on the wire
   */
  void published(Event<?> event, JsonNode data);
}
