package io.eventagents.orchestrator.http;

import io.eventagents.orchestrator.task.Task;

/** The answer to the creation of a task. */
record CreatedView(String id, String status) {

  static CreatedView of(Task task) {
    return new CreatedView(task.id(), task.status().wireName());
  }
}
