package io.eventagents.scheduling;

import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** An outbox of its own: what was committed is published. */
final class PublishedReminders implements EventPublisher<ReminderDue> {

  /** What was published, as the chain sees it. */
  record Published(String taskId, String title, String correlationId, String causationId) {}

  private final JdbcClient database;
  private final AtomicInteger failures = new AtomicInteger();

  PublishedReminders(JdbcClient database) {
    this.database = database;
    database
        .sql(
            """
            create table if not exists published (
              number serial, task_id text, title text, correlation_id text, causation_id text)
            """)
        .update();
  }

  /** Lets the next calls fail, at the last moment. */
  void failNext(int calls) {
    failures.set(calls);
  }

  int remainingFailures() {
    return Math.max(0, failures.get());
  }

  List<Published> of(String taskId) {
    return database
        .sql(
            """
            select task_id, title, correlation_id, causation_id from published
            where task_id = ? order by number
            """)
        .param(taskId)
        .query(
            (row, number) ->
                new Published(
                    row.getString("task_id"),
                    row.getString("title"),
                    row.getString("correlation_id"),
                    row.getString("causation_id")))
        .list();
  }

  @Override
  public <P extends ReminderDue> Event<P> publish(P payload, Cause cause) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("No transaction is open");
    }
    database
        .sql(
            """
            insert into published (task_id, title, correlation_id, causation_id)
            values (?, ?, ?, ?)
            """)
        .params(payload.taskId(), payload.title(), cause.correlationId(), cause.causationId())
        .update();
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("The outbox is out of order");
    }
    return new Event<>(
        EventIds.derive("reminder-scheduler", cause.causationId(), "reminder.due", 0),
        "reminder.due",
        Instant.EPOCH,
        payload,
        new EventMetadata(cause.correlationId(), cause.causationId(), "reminder-scheduler"));
  }
}
