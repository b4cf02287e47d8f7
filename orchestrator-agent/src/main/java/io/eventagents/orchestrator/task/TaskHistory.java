package io.eventagents.orchestrator.task;

import io.eventagents.Event;
import io.eventagents.Rows;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of tasks in the database, as published. */
public final class TaskHistory {

  private static final JsonMapper JSON = new JsonMapper();

  private final JdbcClient jdbc;

  public TaskHistory(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Stores an event in the transaction that publishes it.
   *
   * @param data its payload as it is on the wire
   */
  void add(Event<? extends TaskEvent> event, JsonNode data) {
    jdbc.sql(
            """
            insert into orchestrator.task_events
              (task_id, event_id, event_type, occurred_at, correlation_id, causation_id, source, data)
            values
              (:task_id, :event_id, :event_type, :occurred_at, :correlation_id, :causation_id, :source, :data)
            """)
        .param("task_id", event.data().taskId())
        .param("event_id", event.eventId())
        .param("event_type", event.eventType())
        .param("occurred_at", Rows.utc(event.occurredAt()))
        .param("correlation_id", event.metadata().correlationId())
        .param("causation_id", event.metadata().causationId())
        .param("source", event.metadata().source())
        .param("data", data.toString())
        .update();
  }

  /** Events of a task in their order, beginning after a position. */
  public List<StoredEvent> of(String taskId, long after, int limit) {
    return jdbc.sql(
            """
            select position, event_id, event_type, occurred_at, correlation_id, causation_id, source, data
            from orchestrator.task_events
            where task_id = :task_id and position > :after order by position limit :limit
            """)
        .param("task_id", taskId)
        .param("after", after)
        .param("limit", limit)
        .query(
            (row, number) ->
                new StoredEvent(
                    row.getLong("position"),
                    row.getString("event_id"),
                    row.getString("event_type"),
                    Rows.instant(row, "occurred_at"),
                    row.getString("correlation_id"),
                    row.getString("causation_id"),
                    row.getString("source"),
                    JSON.readTree(row.getString("data"))))
        .list();
  }
}
