package io.eventagents;

import java.util.Objects;

/**
 * What a published event is caused by. It gives the event its {@code correlation_id} and {@code
 * causation_id}, and decides whether a repeat can be recognised.
 */
public sealed interface Cause {

  /** The chain that the published event belongs to. */
  String correlationId();

  /** What the published event names as its cause. */
  String causationId();

  /**
   * A call from outside, such as {@code api-create-task-123}: the event is the root of a chain,
   * with an id of its own.
   */
  static Cause call(CorrelationId correlation, String call) {
    return new Call(correlation.value(), call);
  }

  /** An event, seen by an agent and published for later, from a timer say. */
  static OfEvent event(Event<?> event) {
    return event(event.metadata().correlationId(), event.eventId());
  }

  /**
   * The event of this id in the chain of this correlation id. What is published gets an id derived
   * from it, the type and the occurrence, so that publishing twice, by a timer that fires again
   * after a crash say, makes one event.
   */
  static OfEvent event(String correlationId, String eventId) {
    return new OfEvent(correlationId, eventId, 0);
  }

  /**
   * A call from outside.
   *
   * @param correlationId the chain that starts
   * @param causationId the call, such as {@code api-create-task-123}
   */
  record Call(String correlationId, String causationId) implements Cause {

    /**
     * @throws NullPointerException if a component is null
     */
    public Call {
      Objects.requireNonNull(correlationId, "correlationId");
      Objects.requireNonNull(causationId, "causationId");
    }
  }

  /**
   * An event of the same chain.
   *
   * @param correlationId the chain
   * @param causationId the id of the event
   * @param occurrence which of several events of one type this cause leads to, from 0
   */
  record OfEvent(String correlationId, String causationId, int occurrence) implements Cause {

    /**
     * @throws NullPointerException if a component is null
     */
    public OfEvent {
      Objects.requireNonNull(correlationId, "correlationId");
      Objects.requireNonNull(causationId, "causationId");
    }

    /**
     * The same cause, for the nth event of a type that it leads to: the nth firing of a recurring
     * timer.
     */
    public OfEvent occurrence(int nth) {
      return new OfEvent(correlationId, causationId, nth);
    }
  }
}
