package io.eventagents.orchestrator;

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
