package io.eventagents.orchestrator.task;

/** The result of a command that the task accepts. */
public sealed interface Decision {

  /** The task after the command. */
  Task task();

  /**
   * The command changed the task.
   *
   * @param event the event to publish
   */
  record Changed(Task task, TaskEvent event) implements Decision {}

  /** The task is already as the command wants it: there is nothing to store or publish. */
  record Unchanged(Task task) implements Decision {}
}
