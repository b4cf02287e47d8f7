package io.eventagents.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What an agent can never handle is in its dead letters, and its chain says so; nothing else is.
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
        .forEach(letter -> expected.add(letter.agent() + " " + letter.cause().eventId()));
    Set<String> found = new HashSet<>();
    Set<String> places = new HashSet<>();
    for (EventRecord letter : topics.deadLetters()) {
      Place origin = origin(letter);
      String agent = Topics.agentOfDeadLetter(letter);
      String name = agent + " " + (poison.contains(origin) ? origin : letter.eventId());
      found.add(name);
      places.add(agent + " " + origin);
      if (!expected.contains(name)) {
        findings.wrong(
            "%s gave up %s, of %s, for no reason we know of: %s"
                .formatted(agent, letter, origin, letter.headerOrEmpty("dead_letter_reason")));
      }
    }
    expected.stream()
        .filter(letter -> !found.contains(letter))
        .forEach(letter -> findings.missing("the dead letter of " + letter));
    told(topics, places, findings);
  }

  private static void told(Topics topics, Set<String> letters, Findings findings) {
    Map<String, EventRecord> told = new HashMap<>();
    for (EventRecord failed : Topics.distinct(topics.of(Topics.DELIVERIES)).values()) {
      if (!failed.type().equals("delivery.failed")) {
        continue;
      }
      String letter =
          failed.data("agent")
              + " "
              + new Place(
                  failed.data("topic"),
                  failed.envelope().path("data").path("partition").asInt(-1),
                  failed.envelope().path("data").path("offset").asLong(-1));
      EventRecord other = told.put(letter, failed);
      if (other != null) {
        findings.wrong("two different events tell of one dead letter: " + other + " and " + failed);
      }
    }
    letters.stream()
        .filter(letter -> !told.containsKey(letter))
        .forEach(letter -> findings.missing("delivery.failed of the dead letter of " + letter));
    told.entrySet().stream()
        .filter(failed -> !letters.contains(failed.getKey()))
        .forEach(
            failed -> findings.missing("the dead letter that " + failed.getValue() + " tells of"));
  }

  /** Where the record was read from that lies in the dead letters. */
  static Place origin(EventRecord letter) {
    return new Place(
        letter.headerOrEmpty("dead_letter_topic"),
        Integer.parseInt(letter.headerOrEmpty("dead_letter_partition")),
        Long.parseLong(letter.headerOrEmpty("dead_letter_offset")));
  }
}
