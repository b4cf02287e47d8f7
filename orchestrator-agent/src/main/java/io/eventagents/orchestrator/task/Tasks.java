package io.eventagents.orchestrator.task;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.orchestrator.task.TaskRejection.UnknownTask;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Executes commands. It locks the task's row first, and stores the task and its event in one
 * transaction; so the events of a task are sent in the order in which they happened.
 */
public final class Tasks {

  private final TaskStore store;
  private final TaskPublication publication;
  private final TransactionTemplate transactions;
  private final Clock clock;

  /**
   * @param publication publishes every event
   */
  public Tasks(
      TaskStore store, TaskPublication publication, TransactionTemplate transactions, Clock clock) {
    this.store = store;
    this.publication = publication;
    this.transactions = transactions;
    this.clock = clock;
  }

  public Task create(CreateTask command, CorrelationId correlation) {
    return createAll(List.of(command), correlation).getFirst();
  }

  /** Creates all tasks, or none if the database fails. */
  public List<Task> createAll(List<CreateTask> commands, CorrelationId correlation) {
    return transactions.execute(
        status -> {
          List<Task> tasks = new ArrayList<>(commands.size());
          for (CreateTask command : commands) {
            Decision.Changed created = Task.create(command, now());
            store.insert(created.task());
            publish(created, "create", correlation);
            tasks.add(created.task());
          }
          return tasks;
        });
  }

  public Task change(
      String id, ChangeTask command, Consumer<Task> precondition, CorrelationId correlation) {
    return decide(
        id, (task, now) -> task.change(command, now), precondition, "update", correlation);
  }

  public Task complete(String id, Consumer<Task> precondition, CorrelationId correlation) {
    return decide(id, Task::complete, precondition, "complete", correlation);
  }

  public void delete(String id, Consumer<Task> precondition, CorrelationId correlation) {
    decide(id, Task::delete, precondition, "delete", correlation);
  }

  public Task find(String id) {
    return store.find(id).orElseThrow(() -> new UnknownTask(id)).visible();
  }

  /**
   * Checks that there is, or was, a task with this id.
   *
   * @throws UnknownTask if there never was one
   */
  public void refuseUnknown(String id) {
    if (store.find(id).isEmpty()) {
      throw new UnknownTask(id);
    }
  }

  public TaskPage list(TaskFilter filter, TaskCursor after, int limit) {
    return store.page(filter, after, limit);
  }

  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS); // the precision of the database
  }

  /**
   * Evaluates the precondition, which refuses a task by throwing, last: it does not count if the
   * task refuses the command anyway (RFC 9110, section 13.2.1).
   */
  private Task decide(
      String id,
      BiFunction<Task, Instant, Decision> command,
      Consumer<Task> precondition,
      String call,
      CorrelationId correlation) {
    return transactions.execute(
        status -> {
          Task task = store.lock(id).orElseThrow(() -> new UnknownTask(id));
          Decision decision = command.apply(task, now());
          precondition.accept(task);
          if (decision instanceof Decision.Changed changed) {
            store.update(changed.task());
            publish(changed, call, correlation);
          }
          return decision.task();
        });
  }

  private void publish(Decision.Changed changed, String call, CorrelationId correlation) {
    publication.publish(
        changed.event(), Cause.call(correlation, "api-" + call + "-" + changed.task().id()));
  }
}
