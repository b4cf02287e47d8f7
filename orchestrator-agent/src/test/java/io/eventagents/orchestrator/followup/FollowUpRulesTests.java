package io.eventagents.orchestrator.followup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FollowUpRulesTests {

  private static final String[] RULES = {
    "[0].after=task.created",
    "[0].expect=notification.sent",
    "[0].within=30s",
    "[1].after=task.created",
    "[1].expect=reminder.scheduled",
    "[1].within=PT1M",
    "[1].when.field=due_at",
    "[2].after=reminder.due",
    "[2].expect=notification.sent",
    "[2].within=5m",
    "[3].after=task.completed",
    "[3].expect=archive.written",
    "[3].within=1h",
    "[3].when.field=priority",
    "[3].when.is=5"
  };

  @Test
  void areNoneByDefault() {
    FollowUpRules rules = FollowUpTypes.rules(new MockEnvironment());

    assertThat(rules.eventTypes()).isEmpty();
    assertThat(expected(rules, "task.created", "{\"due_at\":\"2030-01-01T00:00:00Z\"}")).isEmpty();
  }

  @Test
  void areReadFromSettings() {
    FollowUpRules rules = FollowUpTypes.rules(settings(RULES));

    assertThat(rules.eventTypes())
        .containsExactly(
            "archive.written", "notification.sent", "reminder.due", "reminder.scheduled");
    assertThat(expected(rules, "task.created", "{\"task_id\":\"t\"}"))
        .containsExactly("notification.sent");
    assertThat(expected(rules, "task.created", "{\"due_at\":null}"))
        .containsExactly("notification.sent");
    assertThat(expected(rules, "task.created", "{\"due_at\":\"2030-01-01T00:00:00Z\"}"))
        .containsExactly("notification.sent", "reminder.scheduled");
    assertThat(expected(rules, "task.completed", "{\"priority\":5}"))
        .containsExactly("archive.written");
    assertThat(expected(rules, "task.completed", "{\"priority\":4}")).isEmpty();
    assertThat(expected(rules, "task.deleted", "{}")).isEmpty();
  }

  @Test
  void tellWhatMayComeFirst() {
    FollowUpRules rules = FollowUpTypes.rules(settings(RULES));

    assertThat(rules.mayComeFirst("notification.sent")).isTrue();
    assertThat(rules.mayComeFirst("reminder.scheduled")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0].after=task.created;[0].expect=a.sent | A follow-up is incomplete",
        "[0].expect=a.sent;[0].within=30s | A follow-up is incomplete",
        "[0].after=task.created;[0].expect=a.sent;[0].within=0s | Set 'within' to more than 0",
        "[0].after=task.closed;[0].expect=a.sent;[0].within=30s | task.closed, which nothing publishes",
        "[0].after=task.created;[0].expect=task.completed;[0].within=30s | is caused by a call",
        "[0].after=a.sent;[0].expect=b.sent;[0].within=1s;[1].after=a.sent;[1].expect=b.sent;[1].within=2s | more than once",
        "[0].after=a.sent;[0].expect=b.sent;[0].within=1s;[0].when.is=5 | names no field",
      })
  void areRefusedIfTheyMakeNoSense(String settings, String problem) {
    assertThatException()
        .isThrownBy(() -> FollowUpTypes.rules(settings(settings.split(";"))))
        .satisfies(
            refused ->
                assertThat(NestedExceptionUtils.getMostSpecificCause(refused))
                    .hasMessageContaining(problem));
  }

  private static List<String> expected(FollowUpRules rules, String eventType, String data) {
    JsonNode tree = new JsonMapper().readTree(data);
    return rules.after(eventType, tree).stream().map(FollowUpRule::expect).toList();
  }

  private static MockEnvironment settings(String... settings) {
    MockEnvironment environment = new MockEnvironment();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      environment.setProperty(
          "orchestrator.follow-ups" + setting.substring(0, equals), setting.substring(equals + 1));
    }
    return environment;
  }
}
