package io.eventagents.orchestrator;

import io.eventagents.orchestrator.TaskEvent.TaskCompleted;
import io.eventagents.orchestrator.TaskEvent.TaskCreated;
import io.eventagents.orchestrator.TaskEvent.TaskDeleted;
import io.eventagents.orchestrator.TaskEvent.TaskUpdated;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened to a task last, edits aside. */
enum TaskStatus {

  /** To be done. */
  CREATED,

  /** Done; it does not change any more, but can be deleted. */
  COMPLETED,

  /** Gone: only a list that asks for deleted tasks still shows it. */
  DELETED;

  /** What a task is after this event, whatever it was before. */
  static TaskStatus after(TaskEvent event) {
    return switch (event) {
      case TaskCreated created -> CREATED;
      case TaskUpdated updated -> CREATED; // a completed task is not updated any more
      case TaskCompleted completed -> COMPLETED;
      case TaskDeleted deleted -> DELETED;
    };
  }

  /** As clients write it. */
  static Optional<TaskStatus> of(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /** All of them, for a message. */
  static String wireNames() {
    return Arrays.stream(values()).map(TaskStatus::wireName).collect(Collectors.joining(", "));
  }

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
