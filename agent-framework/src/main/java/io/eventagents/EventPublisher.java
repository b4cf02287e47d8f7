package io.eventagents;

/**
 * Publishes what starts outside an event: an HTTP call, a timer.
 *
 * <pre>{@code
 * @Bean
 * EventPublisher<TaskEvent> taskEvents(EventPublishers publishers) {
 *   return publishers.create("orchestrator-agent", TaskEvent.class);
 * }
 *
 * @Transactional
 * Task create(CreateTask command, CorrelationId correlation) {
 *   Task task = tasks.insert(command);                                    // locks the entity's row first:
 *   events.publish(TaskCreated.of(task), Cause.call(correlation, "api-create-" + task.id()));  // order per key
 *   return task;
 * }
 * }</pre>
 *
 * <p>The event is written to the outbox in the caller's transaction and sent to Kafka after its
 * commit: both happen or neither, whether or not the broker is up. Events of one key are sent in
 * the order of their transactions where those lock the entity's row before they publish. Sent at
 * least once; the id stays the same. Thread-safe.
 *
 * <p>What an agent publishes while it is called continues the {@link EventHeaders#ANCESTRY
 * ancestry} of the event that it was given; what a timer or an HTTP call publishes starts a new
 * one.
 *
 * @param <T> the payload record, or the sealed interface of several; each with {@link EventType}
 *     and {@link EntityKey}
 */
public interface EventPublisher<T> {

  /**
   * Writes the event to the outbox.
   *
   * @param payload what happened
   * @param cause the call or the event that caused it
   * @return the event as it will be sent
   * @throws IllegalStateException if no transaction is open
   * @throws IllegalArgumentException if the payload is of a type that this publisher was not made
   *     for, its key is null, or it cannot be written as JSON
   */
  <P extends T> Event<P> publish(P payload, Cause cause);
}
