package io.eventagents.orchestrator.followup;

import io.eventagents.InvalidSetting;
import io.eventagents.orchestrator.task.TaskEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The rules that the settings name. */
public final class FollowUpRules {

  private final List<FollowUpRule> rules;
  private final Set<String> eventTypes = new TreeSet<>();
  private final Set<String> expected = new TreeSet<>();
  private final Set<String> expectedOfOthers = new TreeSet<>();

  /**
   * Checks the rules.
   *
   * @throws InvalidSetting if one can never be met, or two contradict each other
   */
  public FollowUpRules(List<FollowUpRule> rules) {
    this.rules = List.copyOf(rules);
    Set<List<String>> pairs = new HashSet<>();
    for (FollowUpRule rule : rules) {
      check(rule);
      if (!pairs.add(List.of(rule.after(), rule.expect()))) {
        throw new InvalidSetting(
            "%s is expected after %s more than once in orchestrator.follow-ups."
                .formatted(rule.expect(), rule.after()),
            "Keep one of them.");
      }
      eventTypes.add(rule.expect());
      expected.add(rule.expect());
      if (!TaskEvent.isType(rule.after())) {
        eventTypes.add(rule.after());
        expectedOfOthers.add(rule.expect());
      }
    }
  }

  private static void check(FollowUpRule rule) {
    if (rule.after().startsWith(TaskEvent.DOMAIN) && !TaskEvent.isType(rule.after())) {
      throw new InvalidSetting(
          "orchestrator.follow-ups names %s, which nothing publishes.".formatted(rule.after()),
          "Set 'after' to one of %s, or to an event of another agent."
              .formatted(TaskEvent.types()));
    }
    if (rule.expect().startsWith(TaskEvent.DOMAIN)) {
      throw new InvalidSetting(
          "orchestrator.follow-ups expects %s after %s, but what happens to a task is caused by a call, not by an event."
              .formatted(rule.expect(), rule.after()),
          "Expect what another agent publishes because of %s.".formatted(rule.after()));
    }
  }

  /** The rules for an event, always in the same order. */
  List<FollowUpRule> after(String eventType, JsonNode data) {
    return rules.stream()
        .filter(rule -> rule.after().equals(eventType) && rule.appliesTo(data))
        .toList();
  }

  /** Whether an event of this type may be one that should follow another. */
  boolean isExpected(String eventType) {
    return expected.contains(eventType);
  }

  /**
   * Whether an event of this type may be read before the one that it follows, because both come
   * from topics. What follows an event of a task is awaited before that event is published.
   */
  boolean mayComeFirst(String eventType) {
    return expectedOfOthers.contains(eventType);
  }

  /** The types of events that the rules need to read. */
  Set<String> eventTypes() {
    return eventTypes;
  }
}
