package io.eventagents.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A missing follow-up is reported once, for an existing event; and if it came after all, that is
 * reported once.
 */
final class FollowUpsCheck implements Check {

  private record Awaited(String causeId, String type) {

    static Awaited toldBy(EventRecord event) {
      return new Awaited(event.data("cause_id"), event.data("expected_type"));
    }
  }

  @Override
  public void check(Topics topics, Findings findings) {
    Map<String, List<EventRecord>> told =
        Topics.distinct(topics.of(Topics.FOLLOW_UPS)).values().stream()
            .collect(Collectors.groupingBy(EventRecord::type));
    Map<Awaited, EventRecord> missed = once(told.remove("followup.missed"), findings);
    Map<Awaited, EventRecord> recovered = once(told.remove("followup.recovered"), findings);
    told.forEach((type, events) -> findings.wrong("unexpected: " + events));
    Map<String, EventRecord> byId = Topics.distinct(topics.events());
    missed.forEach(
        (awaited, event) -> {
          EventRecord cause = byId.get(awaited.causeId());
          if (cause == null || !cause.correlationId().equals(event.correlationId())) {
            findings.wrong(event + " is about " + cause + ", which is not in its chain");
          }
          boolean came =
              byId.values().stream()
                  .anyMatch(
                      follower ->
                          follower.type().equals(awaited.type())
                              && follower.causationId().equals(awaited.causeId()));
          if (came && !recovered.containsKey(awaited)) {
            findings.missing("the followup.recovered of " + event);
          }
        });
    recovered.forEach(
        (awaited, event) -> {
          if (!missed.containsKey(awaited)) {
            findings.wrong(event + " was never missed");
          }
        });
  }

  private static Map<Awaited, EventRecord> once(
      @Nullable List<EventRecord> events, Findings findings) {
    Map<Awaited, EventRecord> byAwaited = new HashMap<>();
    for (EventRecord event : Objects.requireNonNullElse(events, List.<EventRecord>of())) {
      EventRecord other = byAwaited.put(Awaited.toldBy(event), event);
      if (other != null) {
        findings.wrong("two different events report the same: " + other + " and " + event);
      }
    }
    return byAwaited;
  }
}
