package io.eventagents;

/**
 * Makes an {@link EventPublisher}; a bean of every application that has a {@code DataSource}.
 * Thread-safe.
 */
public interface EventPublishers {

  /**
   * A publisher of these events. Call it while beans are made, so that the topics exist when the
   * application starts.
   *
   * @param source the {@code source} of what it publishes: the name of the application or of a part
   *     of it
   * @param payloadType the payload record, or the sealed interface of several
   * @throws IllegalArgumentException if a payload has no {@link EventType}, a wrong name for one,
   *     or no {@link EntityKey}; the message says what to change
   */
  <T> EventPublisher<T> create(String source, Class<T> payloadType);
}
