package io.eventagents.notification.trigger;

import io.eventagents.EventType;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The events that lead to messages, by type. */
public final class Triggers {

  private static final Map<String, Class<? extends Trigger>> TYPES =
      records(Trigger.class)
          .distinct()
          .collect(
              Collectors.toUnmodifiableMap(
                  Triggers::eventType, type -> type.asSubclass(Trigger.class)));

  private Triggers() {}

  /** Each event type and its record. */
  public static Map<String, Class<? extends Trigger>> types() {
    return TYPES;
  }

  /** The event type of a record. */
  public static String eventType(Class<?> type) {
    EventType annotation = type.getAnnotation(EventType.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type.getName() + " has no @EventType");
    }
    return annotation.value();
  }

  private static Stream<Class<?>> records(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    return permitted == null ? Stream.of(type) : Stream.of(permitted).flatMap(Triggers::records);
  }
}
