package io.eventagents.orchestrator.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a task stands. */
public enum TaskStatus {

  /** Still to be done. */
  CREATED,

  /** Done. The task does not change any more, but can be deleted. */
  COMPLETED,

  /** Deleted. Only a list of deleted tasks still shows it. */
  DELETED;

  /** The status that a client names. */
  public static Optional<TaskStatus> of(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName().equals(wireName)).findFirst();
  }

  /** All names, for a message. */
  public static String wireNames() {
    return Arrays.stream(values()).map(TaskStatus::wireName).collect(Collectors.joining(", "));
  }

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
