package io.eventagents.scheduling;

import io.eventagents.Cause;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.EventType;
import io.eventagents.scheduling.reminder.ReminderDue;
import io.eventagents.scheduling.reminder.ReminderRescheduled;
import io.eventagents.scheduling.reminder.ReminderScheduled;
import io.eventagents.scheduling.reminder.ReminderScheduler;
import io.eventagents.scheduling.reminder.TimerEvent;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** An outbox of its own: it publishes what is committed. */
public final class PublishedReminders implements EventPublisher<TimerEvent> {

  /** What was published, as the chain sees it. */
  public record Published(String taskId, String title, String correlationId, String causationId) {}

  private final JdbcClient database;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile String refused = "";

  PublishedReminders(JdbcClient database) {
    this.database = database;
    database
        .sql(
            """
            create table if not exists published (
              number serial, event_id text, type text, task_id text, title text, correlation_id text, causation_id text)
            """)
        .update();
  }

  /** Makes the next calls fail at the last moment. */
  public void failNext(int calls) {
    failures.set(calls);
  }

  /** Makes calls for this task fail, until another task is named. */
  public void refuse(String taskId) {
    refused = taskId;
  }

  /** The {@code reminder.due} of a task. */
  public List<Published> of(String taskId) {
    return of(taskId, "reminder.due");
  }

  public List<Published> of(String taskId, String type) {
    return database
        .sql(
            """
            select task_id, title, correlation_id, causation_id from published
            where task_id = ? and type = ? order by number
            """)
        .params(taskId, type)
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
  public <P extends TimerEvent> Event<P> publish(P payload, Cause cause) {
    return switch (payload) {
      case ReminderDue due -> store(payload, due.taskId(), due.title(), cause);
      case ReminderScheduled scheduled ->
          store(payload, scheduled.taskId(), scheduled.title(), cause);
    };
  }

  /** The same for the changes of clients. */
  EventPublisher<ReminderRescheduled> snoozes() {
    return new EventPublisher<>() {
      @Override
      public <P extends ReminderRescheduled> Event<P> publish(P payload, Cause cause) {
        return store(payload, payload.taskId(), payload.title(), cause);
      }
    };
  }

  private <P> Event<P> store(P payload, String taskId, String title, Cause cause) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("No transaction is open");
    }
    String type = Objects.requireNonNull(payload.getClass().getAnnotation(EventType.class)).value();
    String id =
        switch (cause) {
          case Cause.Call call -> UUID.randomUUID().toString();
          case Cause.OfEvent of ->
              EventIds.derive(ReminderScheduler.NAME, of.causationId(), type, of.occurrence());
        };
    database
        .sql(
            """
            insert into published (event_id, type, task_id, title, correlation_id, causation_id)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(id, type, taskId, title, cause.correlationId(), cause.causationId())
        .update();
    if (payload instanceof ReminderDue due && due.taskId().equals(refused)) {
      throw new IllegalArgumentException("This one cannot be written");
    }
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("The outbox is out of order");
    }
    return new Event<>(
        id,
        type,
        Instant.EPOCH,
        payload,
        new EventMetadata(cause.correlationId(), cause.causationId(), ReminderScheduler.NAME));
  }
}
