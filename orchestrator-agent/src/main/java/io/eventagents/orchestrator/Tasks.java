package io.eventagents.orchestrator;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.EventPublisher;
import io.eventagents.orchestrator.TaskCommand.ChangeTask;
import io.eventagents.orchestrator.TaskCommand.CompleteTask;
import io.eventagents.orchestrator.TaskCommand.CreateTask;
import io.eventagents.orchestrator.TaskCommand.DeleteTask;
import io.eventagents.orchestrator.TaskRejection.UnknownTask;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes commands. A task and what is told of it are stored in one transaction, and the task's row
 * is locked before: so events of one task are sent in the order in which they happened.
 */
final class Tasks {

  private final TaskStore store;
  private final EventPublisher<TaskEvent> events;
  private final TransactionTemplate transactions;
  private final Clock clock;

  Tasks(
      TaskStore store,
      EventPublisher<TaskEvent> events,
      TransactionTemplate transactions,
      Clock clock) {
    this.store = store;
    this.events = events;
    this.transactions = transactions;
    this.clock = clock;
  }

  Task create(CreateTask command, CorrelationId correlation) {
    return transactions.execute(
        status -> {
          Decision.Changed created = Task.create(command, now());
          store.insert(created.task());
          publish(created, "create", correlation);
          return created.task();
        });
  }

  Task change(String id, ChangeTask command, CorrelationId correlation) {
    return decide(id, command, "update", correlation);
  }

  Task complete(String id, CorrelationId correlation) {
    return decide(id, new CompleteTask(), "complete", correlation);
  }

  void delete(String id, CorrelationId correlation) {
    decide(id, new DeleteTask(), "delete", correlation);
  }

  Task find(String id) {
    return store.find(id).orElseThrow(() -> new UnknownTask(id)).visible();
  }

  TaskPage list(TaskFilter filter, TaskCursor after, int limit) {
    return store.page(filter, after, limit);
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS); // as exact as it is stored
  }

  private Task decide(String id, TaskCommand command, String call, CorrelationId correlation) {
    return transactions.execute(
        status -> {
          Task task = store.lock(id).orElseThrow(() -> new UnknownTask(id));
          Decision decision = task.decide(command, now());
          if (decision instanceof Decision.Changed changed) {
            store.update(changed.task());
            publish(changed, call, correlation);
          }
          return decision.task();
        });
  }

  private void publish(Decision.Changed changed, String call, CorrelationId correlation) {
    events.publish(
        changed.event(), Cause.call(correlation, "api-" + call + "-" + changed.task().id()));
  }
}
