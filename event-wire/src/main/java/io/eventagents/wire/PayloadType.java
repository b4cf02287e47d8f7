package io.eventagents.wire;

import io.eventagents.EntityKey;
import io.eventagents.EventType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A payload record and the event type that it is the data of. Thread-safe. */
public final class PayloadType {

  private final EventTypeName name;
  private final String text;
  private final byte[] utf8;
  private final Class<?> recordClass;
  private final @Nullable MethodHandle entityKey;

  private PayloadType(EventTypeName name, Class<?> recordClass, @Nullable MethodHandle entityKey) {
    this.name = name;
    this.text = name.toString();
    this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    this.recordClass = recordClass;
    this.entityKey = entityKey;
  }

  /**
   * Reads a payload record's annotations.
   *
   * @throws InvalidPayload if it is no payload; the message says what to change
   */
  static PayloadType of(Class<?> recordClass) {
    EventType annotation = recordClass.getAnnotation(EventType.class);
    if (annotation == null) {
      throw new InvalidPayload(
          "The payload " + recordClass.getName() + " has no @EventType.",
          "Name the event that it is the data of: @EventType(\"task.created\").");
    }
    EventTypeName name;
    try {
      name = EventTypeName.parse(annotation.value());
    } catch (InvalidPayload e) {
      throw new InvalidPayload(
          "The payload " + recordClass.getName() + " is misnamed. " + e.problem(), e.action());
    }
    return new PayloadType(name, recordClass, entityKey(recordClass));
  }

  /**
   * An event of this type, whatever its data: read as a tree.
   *
   * @throws InvalidPayload if it is no event type; the message says what to change
   */
  static PayloadType open(String eventType) {
    return new PayloadType(EventTypeName.parse(eventType), JsonNode.class, null);
  }

  private static @Nullable MethodHandle entityKey(Class<?> recordClass) {
    List<RecordComponent> marked =
        Arrays.stream(recordClass.getRecordComponents())
            .filter(component -> component.isAnnotationPresent(EntityKey.class))
            .toList();
    if (marked.isEmpty()) {
      return null;
    }
    if (marked.size() > 1) {
      throw new InvalidPayload(
          "The payload " + recordClass.getName() + " has several components marked @EntityKey.",
          "A record has one key: mark one.");
    }
    try {
      var accessor = marked.getFirst().getAccessor();
      accessor.setAccessible(true);
      return MethodHandles.lookup().unreflect(accessor);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(
          "The component "
              + marked.getFirst()
              + " of "
              + recordClass.getName()
              + " cannot be read.",
          e);
    }
  }

  /** The parsed name of the event type. */
  public EventTypeName name() {
    return name;
  }

  /** The name of the event type as it is written. */
  public String eventType() {
    return text;
  }

  /** The record that holds the data; {@link JsonNode} where the type is open. */
  public Class<?> recordClass() {
    return recordClass;
  }

  /** Whether its data is read as a tree, since no record says what is in it. */
  public boolean isOpen() {
    return recordClass == JsonNode.class;
  }

  /** Whether a component is marked {@link EntityKey}. */
  public boolean hasEntityKey() {
    return entityKey != null;
  }

  byte[] utf8() {
    return utf8.clone();
  }

  /** Whether these bytes, also quoted as JSON as old Spring producers do, are this name. */
  boolean isNamedBy(byte[] header) {
    if (header.length == utf8.length) {
      return Arrays.equals(header, utf8);
    }
    return header.length == utf8.length + 2
        && header[0] == '"'
        && header[header.length - 1] == '"'
        && Arrays.equals(header, 1, header.length - 1, utf8, 0, utf8.length);
  }

  /**
   * The record key that the payload names.
   *
   * @return empty if no component is marked
   * @throws IllegalArgumentException if the marked component is null
   */
  public Optional<byte[]> keyOf(Object payload) {
    if (entityKey == null) {
      return Optional.empty();
    }
    Object key;
    try {
      key = entityKey.invoke(payload);
    } catch (Throwable e) {
      throw new IllegalArgumentException(
          "The @EntityKey of " + recordClass.getName() + " cannot be read", e);
    }
    if (key == null) {
      throw new IllegalArgumentException(
          "The @EntityKey of this "
              + recordClass.getName()
              + " is null; without a key its order is lost.");
    }
    return Optional.of(String.valueOf(key).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return text + " as " + recordClass.getName();
  }
}
