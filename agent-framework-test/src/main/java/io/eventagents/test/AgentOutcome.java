package io.eventagents.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.DependencyUnavailable;
import io.eventagents.Event;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.Routing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event that an agent was given; see {@link AgentFixture}.
 *
 * <p>Each check fails with an {@link AssertionError} that tells what was given, what was expected
 * and what came. If the agent threw something, that is the error's cause.
 */
public final class AgentOutcome {

  private final AgentUnderTest agent;
  private final Given given;
  private final Handled handled;

  AgentOutcome(AgentUnderTest agent, Given given, Handled handled) {
    this.agent = agent;
    this.given = given;
    this.handled = handled;
  }

  /**
   * The agent emits events with exactly these payloads, in this order.
   *
   * @param payloads at least one
   */
  public AgentOutcome thenEmits(Record... payloads) {
    if (payloads.length == 0) {
      throw new IllegalArgumentException("Say what it emits, or thenEmitsNothing()");
    }
    List<?> expected = List.of(payloads);
    List<?> actual = emitted("emit" + lines(expected)).stream().map(Event::data).toList();
    if (!actual.equals(expected)) {
      throw failure("emit" + lines(expected), "emitted" + lines(actual));
    }
    return this;
  }

  /** The agent emits events that satisfy these assertions. */
  public AgentOutcome thenEmitsSatisfying(Consumer<List<Event<?>>> assertions) {
    assertions.accept(emitted("emit events"));
    return this;
  }

  /** The agent handles the event and emits nothing. */
  public AgentOutcome thenEmitsNothing() {
    List<?> actual = emitted("handle it and emit nothing").stream().map(Event::data).toList();
    if (!actual.isEmpty()) {
      throw failure("emit nothing", "emitted" + lines(actual));
    }
    return this;
  }

  /** The record is not addressed to the agent, and the agent never sees it. */
  public AgentOutcome thenSkips() {
    if (!(handled instanceof Handled.Skipped)) {
      throw failure("skip it");
    }
    return this;
  }

  /**
   * The event goes to the agent's dead letters at once: the agent threw {@code RejectedEvent}, or
   * the record does not fit the agent's view.
   *
   * @param partOfReason what the reason contains
   */
  public AgentOutcome thenRejects(String partOfReason) {
    String expectation = "reject it because of '" + partOfReason + "'";
    if (!(handled instanceof Handled.GivenUp givenUp)
        || !givenUp.isRejection()
        || !givenUp.reason().contains(partOfReason)) {
      throw failure(expectation);
    }
    verifyDeadLetter(givenUp);
    return this;
  }

  /**
   * The agent waits until something else works again: it threw {@link DependencyUnavailable}, or
   * lost its database.
   *
   * @param dependency what it waits for
   */
  public AgentOutcome thenIsUnavailable(String dependency) {
    if (!(handled instanceof Handled.Unavailable unavailable)
        || !unavailable.dependency().equals(dependency)) {
      throw failure("wait for '" + dependency + "'");
    }
    return this;
  }

  /**
   * The agent waits until something else works again that asked to be left alone for a while.
   *
   * @param dependency what it waits for
   * @param retryAfter for how long
   */
  public AgentOutcome thenIsUnavailable(String dependency, Duration retryAfter) {
    thenIsUnavailable(dependency);
    Duration asked = retryAfter(handled.thrown());
    if (!retryAfter.equals(asked)) {
      throw failure(
          "wait for '" + dependency + "' for " + retryAfter,
          asked == null ? "waits for it with no word of how long" : "waits for it for " + asked);
    }
    return this;
  }

  private static @Nullable Duration retryAfter(@Nullable Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof DependencyUnavailable unavailable) {
        return unavailable.retryAfter().orElse(null);
      }
    }
    return null;
  }

  /**
   * The agent fails in a way that may succeed next time: the event is tried again, and goes to the
   * dead letters when no attempt is left.
   *
   * @param type of what it throws
   */
  public AgentOutcome thenFails(Class<? extends Throwable> type) {
    if (!(handled instanceof Handled.GivenUp givenUp)
        || givenUp.isRejection()
        || !isThrown(givenUp, type)) {
      throw failure("fail with " + type.getName());
    }
    verifyDeadLetter(givenUp);
    return this;
  }

  private static boolean isThrown(Handled.GivenUp givenUp, Class<? extends Throwable> type) {
    // The agent did not throw what the framework found wrong with its result.
    return givenUp.thrown() == null
        ? givenUp.exception().equals(type.getName())
        : type.isInstance(givenUp.thrown());
  }

  /** The events that the agent emitted, for a test's own assertions. */
  public List<Event<?>> emitted() {
    return emitted("handle it");
  }

  private List<Event<?>> emitted(String expectation) {
    if (!(handled instanceof Handled.Emitted emitted)) {
      throw failure(expectation);
    }
    Event<?> cause = cause();
    Map<String, Integer> ordinals = new HashMap<>();
    List<Event<?>> events = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : emitted.records()) {
      String type = String.valueOf(RecordText.header(record.headers(), "event_type"));
      int ordinal = ordinals.merge(type, 1, Integer::sum) - 1;
      events.add(
          new EmittedRecord(agent.name(), agent.emits(), record)
              .verified(cause, emitted.record(), ordinal));
    }
    return events;
  }

  private Event<?> cause() {
    EventReader reader = new EventReader();
    try {
      if (reader.route(handled.record(), agent.takes()) instanceof Routing.Addressed addressed) {
        return reader.read(handled.record(), addressed.type());
      }
      throw new IllegalStateException("Handled, but not addressed to " + agent.name());
    } catch (MalformedEvent e) {
      throw new IllegalStateException("Handled, but not readable", e);
    }
  }

  private static void verifyDeadLetter(Handled.GivenUp givenUp) {
    ProducerRecord<byte[], byte[]> letter = givenUp.records().getFirst();
    assertThat(letter.value())
        .as("the value of the dead letter is that of the given record")
        .isEqualTo(givenUp.record().value());
    assertThat(letter.key())
        .as("the key of the dead letter is that of the given record")
        .isEqualTo(givenUp.record().key());
  }

  private AssertionError failure(String expectation) {
    return failure(expectation, handled.toString());
  }

  private AssertionError failure(String expectation, String actual) {
    return new AssertionError(
        "%nGiven %s%nexpected %s to %s%nbut it %s"
            .formatted(given, agent.name(), expectation, actual),
        handled.thrown());
  }

  private static String lines(List<?> payloads) {
    return payloads.isEmpty()
        ? " nothing"
        : payloads.stream()
            .map(payload -> System.lineSeparator() + "  " + payload)
            .collect(Collectors.joining());
  }
}
