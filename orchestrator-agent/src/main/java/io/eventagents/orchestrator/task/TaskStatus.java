package io.eventagents.orchestrator.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened to a task last, edits aside. */
public enum TaskStatus {

  /** To be done. */
  CREATED,

  /** Done; it does not change any more, but can be deleted. */
  COMPLETED,

  /** Gone: only a list that asks for deleted tasks still shows it. */
  DELETED;

  /** As clients write it. */
  public static Optional<TaskStatus> of(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /** All of them, for a message. */
  public static String wireNames() {
    return Arrays.stream(values()).map(TaskStatus::wireName).collect(Collectors.joining(", "));
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
