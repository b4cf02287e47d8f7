package io.eventagents.orchestrator.task;

/** What comes of a command that is not refused. */
public sealed interface Decision {

  /** The task as it is then. */
  Task task();

  /**
   * The task is another now.
   *
   * @param event what to tell
   */
  record Changed(Task task, TaskEvent event) implements Decision {}

  /** It was so already: nothing to store, nothing to tell. */
  record Unchanged(Task task) implements Decision {}
}
