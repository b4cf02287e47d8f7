package io.eventagents.orchestrator.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes events of tasks, adds them to the task's history and tells a listener, all in the
 * command's transaction.
 */
public final class TaskPublication {

  /** Payloads as they are on the wire. */
  private static final JsonMapper WIRE =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .build();

  private final EventPublisher<TaskEvent> events;
  private final TaskHistory history;
  private final BiConsumer<Event<?>, JsonNode> listener;

  /**
   * @param listener receives each event, and its data as they are on the wire
   */
  public TaskPublication(
      EventPublisher<TaskEvent> events,
      TaskHistory history,
      BiConsumer<Event<?>, JsonNode> listener) {
    this.events = events;
    this.history = history;
    this.listener = listener;
  }

  void publish(TaskEvent payload, Cause cause) {
    Event<TaskEvent> event = events.publish(payload, cause);
    JsonNode data = WIRE.valueToTree(payload);
    history.add(event, data);
    listener.accept(event, data);
  }
}
