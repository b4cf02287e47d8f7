package io.eventagents.wire;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payloads that an agent takes, or those that it emits: one record, or the records of a sealed
 * interface. Thread-safe.
 */
public final class PayloadTypes {

  private static final PayloadTypes NONE = new PayloadTypes(List.of());

  private final PayloadType[] types;
  private final Map<Class<?>, PayloadType> byClass = new LinkedHashMap<>();

  private PayloadTypes(Collection<PayloadType> types) {
    this.types = types.toArray(PayloadType[]::new);
    for (PayloadType type : types) {
      byClass.put(type.recordClass(), type);
    }
  }

  /** No payload: of an agent that emits nothing. */
  public static PayloadTypes none() {
    return NONE;
  }

  /**
   * Reads a payload record, or a sealed interface of several, however deep.
   *
   * @throws InvalidPayload if it is neither, an {@code @EventType} is missing or wrong, or two
   *     records bear the same; the message says what to change
   */
  public static PayloadTypes of(Class<?> payload) {
    List<PayloadType> types = records(payload).distinct().map(PayloadType::of).toList();
    Map<String, PayloadType> seen = new LinkedHashMap<>();
    for (PayloadType type : types) {
      PayloadType other = seen.putIfAbsent(type.eventType(), type);
      if (other != null) {
        throw new InvalidPayload(
            "Both "
                + other.recordClass().getName()
                + " and "
                + type.recordClass().getName()
                + " of "
                + payload.getName()
                + " are @EventType(\""
                + type.eventType()
                + "\").",
            "Keep one of them.");
      }
    }
    return new PayloadTypes(types);
  }

  /**
   * Events of these types, whatever their data: read as trees.
   *
   * @throws InvalidPayload if one is no event type; the message says what to change
   */
  public static PayloadTypes open(Collection<String> eventTypes) {
    return new PayloadTypes(eventTypes.stream().distinct().map(PayloadType::open).toList());
  }

  private static Stream<Class<?>> records(Class<?> payload) {
    if (payload.isRecord()) {
      return Stream.of(payload);
    }
    Class<?>[] permitted = payload.getPermittedSubclasses();
    if (permitted == null) {
      throw new InvalidPayload(
          "The payload "
              + payload.getName()
              + " is neither a record nor a sealed interface of records.",
          "Make it a record with @EventType, or a sealed interface that permits several.");
    }
    return Stream.of(permitted).flatMap(PayloadTypes::records);
  }

  /** All of them, in the order of their declaration. */
  public List<PayloadType> all() {
    return List.of(types);
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return types.length == 0;
  }

  /** The topics of their domains, sorted. */
  public List<String> topics() {
    return Stream.of(types).map(type -> type.name().topic()).distinct().sorted().toList();
  }

  /** The domains, sorted. */
  public List<String> domains() {
    return Stream.of(types).map(type -> type.name().domain()).distinct().sorted().toList();
  }

  /** The type that a header names. */
  @Nullable PayloadType namedBy(byte[] header) {
    for (PayloadType type : types) {
      if (type.isNamedBy(header)) {
        return type;
      }
    }
    return null;
  }

  /** The type of this name. */
  public Optional<PayloadType> named(String eventType) {
    return Stream.of(types).filter(type -> type.eventType().equals(eventType)).findFirst();
  }

  /**
   * The type of this payload.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public PayloadType of(Object payload) {
    PayloadType type = byClass.get(payload.getClass());
    if (type == null) {
      throw new IllegalArgumentException(
          "A "
              + payload.getClass().getName()
              + " is none of the payloads declared here: "
              + byClass.keySet());
    }
    return type;
  }

  @Override
  public String toString() {
    return Stream.of(types).map(PayloadType::eventType).toList().toString();
  }
}
