package io.eventagents.orchestrator.followup;

import io.eventagents.Event;
import io.eventagents.EventTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Records which event should follow which, and which did. An event follows another if it names it
 * as its cause and belongs to the same chain. Call every method in a transaction.
 */
public final class FollowUps {

  /** The limit of event ids: a longer one could make an event larger than a broker accepts. */
  private static final int LONGEST_TASK_ID = 16_384;

  private final FollowUpRules rules;
  private final FollowUpStore store;
  private final Duration maxAge;
  private final Clock clock;

  /**
   * @param maxAge events of other agents that are older when read await nothing
   */
  public FollowUps(FollowUpRules rules, FollowUpStore store, Duration maxAge, Clock clock) {
    this.rules = rules;
    this.store = store;
    this.maxAge = maxAge;
    this.clock = clock;
  }

  /** Awaits what should follow an event that is being published here. */
  public void awaitAfterPublished(Event<?> event, JsonNode data) {
    await(event, data, event.occurredAt());
  }

  /**
   * Awaits what should follow an event that was read. If it was read late, its time still runs from
   * now on, because what follows it may be just as late.
   */
  void awaitAfterRead(Event<JsonNode> event) {
    Instant now = now();
    if (!event.occurredAt().isBefore(now.minus(maxAge))) {
      await(event, event.data(), now);
    }
  }

  private void await(Event<?> event, JsonNode data, Instant from) {
    List<FollowUpRule> due = rules.after(event.eventType(), data);
    for (int ordinal = 0; ordinal < due.size(); ordinal++) {
      FollowUpRule rule = due.get(ordinal);
      store.await(
          new FollowUp(
              event.eventId(),
              event.eventType(),
              rule.expect(),
              event.metadata().correlationId(),
              taskId(data),
              ordinal,
              EventTime.bounded(from.plus(rule.within())).truncatedTo(ChronoUnit.MICROS),
              null,
              null,
              null),
          now());
    }
  }

  private static @Nullable String taskId(JsonNode data) {
    JsonNode id = data.path("task_id");
    return id.isString() && id.stringValue().length() <= LONGEST_TASK_ID ? id.stringValue() : null;
  }

  /**
   * Records an event that may follow another.
   *
   * @return what to publish if the event had been reported as missed
   */
  Optional<FollowUpRecovered> followedBy(Event<JsonNode> event) {
    if (!rules.isExpected(event.eventType()) || event.metadata().causationId().isEmpty()) {
      return Optional.empty();
    }
    FollowingEvent follower =
        new FollowingEvent(
            event.eventId(),
            event.eventType(),
            event.occurredAt().truncatedTo(ChronoUnit.MICROS),
            event.metadata().correlationId(),
            event.metadata().causationId(),
            event.metadata().source());
    if (rules.mayComeFirst(event.eventType()) && store.note(follower, now())) {
      store.add(follower, now());
      return Optional.empty();
    }
    return store.lockFollowedBy(follower).flatMap(followUp -> followed(followUp, follower));
  }

  private Optional<FollowUpRecovered> followed(FollowUp followUp, FollowingEvent follower) {
    store.add(follower, now());
    if (followUp.followedAt() != null) {
      return Optional.empty(); // the first one counts; later ones are only shown
    }
    store.followed(followUp, follower);
    return Optional.ofNullable(followUp.missedAt())
        .map(missedAt -> FollowUpRecovered.of(followUp, missedAt, follower.occurredAt()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
