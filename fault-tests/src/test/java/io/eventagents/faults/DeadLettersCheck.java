package io.eventagents.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The events that an agent cannot handle, and no others, are in its dead letters, and their chains
 * say so.
 */
record DeadLettersCheck(Journal journal, Expectations expectations) implements Check {

  @Override
  public void check(Topics topics, Findings findings) {
    Set<Place> poison = Expectations.poison(journal);
    Set<String> expected = new HashSet<>();
    for (Place place : poison) {
      expectations.readersOfCreated().forEach(agent -> expected.add(agent + " " + place));
    }
    Topics.distinct(topics.events()).values().stream()
        .filter(event -> !poison.contains(event.place()))
        .flatMap(event -> expectations.of(event).stream())
        .filter(Expectation::isDeadLetter)
        .forEach(
            deadLetter -> expected.add(deadLetter.agent() + " " + deadLetter.cause().eventId()));
    Set<String> found = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (EventRecord deadLetter : topics.deadLetters()) {
      Place origin = origin(deadLetter);
      String agent = Topics.agentOfDeadLetter(deadLetter);
      String name = agent + " " + (poison.contains(origin) ? origin : deadLetter.eventId());
      found.add(name);
      places.add(agent + " " + origin);
      if (!expected.contains(name)) {
        findings.wrong(
            "%s gave up %s, from %s, without a known reason: %s"
                .formatted(
                    agent, deadLetter, origin, deadLetter.headerOrEmpty("dead_letter_reason")));
      }
    }
    expected.stream()
        .filter(deadLetter -> !found.contains(deadLetter))
        .forEach(deadLetter -> findings.missing("the dead letter of " + deadLetter));
    told(topics, places, findings);
  }

  private static void told(Topics topics, Set<String> deadLetters, Findings findings) {
    Map<String, EventRecord> told = new HashMap<>();
    for (EventRecord failed : Topics.distinct(topics.of(Topics.DELIVERIES)).values()) {
      if (!failed.type().equals("delivery.failed")) {
        continue;
      }
      String deadLetter =
          failed.data("agent")
              + " "
              + new Place(
                  failed.data("topic"),
                  failed.envelope().path("data").path("partition").asInt(-1),
                  failed.envelope().path("data").path("offset").asLong(-1));
      EventRecord other = told.put(deadLetter, failed);
      if (other != null) {
        findings.wrong("two different events report one dead letter: " + other + " and " + failed);
      }
    }
    deadLetters.stream()
        .filter(deadLetter -> !told.containsKey(deadLetter))
        .forEach(
            deadLetter -> findings.missing("delivery.failed of the dead letter of " + deadLetter));
    told.entrySet().stream()
        .filter(failed -> !deadLetters.contains(failed.getKey()))
        .forEach(
            failed -> findings.missing("the dead letter that " + failed.getValue() + " reports"));
  }

  /** The place that the record in the dead letters was read from. */
  static Place origin(EventRecord deadLetter) {
    return new Place(
        deadLetter.headerOrEmpty("dead_letter_topic"),
        Integer.parseInt(deadLetter.headerOrEmpty("dead_letter_partition")),
        Long.parseLong(deadLetter.headerOrEmpty("dead_letter_offset")));
  }
}
