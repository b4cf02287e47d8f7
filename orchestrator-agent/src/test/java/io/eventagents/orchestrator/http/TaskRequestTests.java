package io.eventagents.orchestrator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.http.FieldError;
import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.orchestrator.task.ChangeTask;
import io.eventagents.orchestrator.task.ChangeTask.NewValue;
import io.eventagents.orchestrator.task.CreateTask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRequestTests {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void takesAWholeTask() {
    CreateTask command =
        create(
            """
            {"title": "Review quarterly report", "owner_id": "user-456", "priority": 2,
             "due_at": "2026-03-01T14:00:00.123456789+02:00"}
            """);

    assertThat(command)
        .isEqualTo(
            new CreateTask(
                "Review quarterly report",
                "user-456",
                2,
                Instant.parse("2026-03-01T12:00:00.123456Z"),
                null,
                null));
  }

  @Test
  void readsATaskThatRecurs() {
    CreateTask command =
        create(
            """
            {"title": "t", "owner_id": "o", "due_at": "2026-03-01T14:00:00Z",
             "recurrence": "FREQ=WEEKLY;BYDAY=MO", "time_zone": "Europe/Berlin"}
            """);

    assertThat(command.recurrence()).isEqualTo("FREQ=WEEKLY;BYDAY=MO");
    assertThat(command.timeZone()).isEqualTo("Europe/Berlin");
    assertThat(change("{\"recurrence\":null,\"time_zone\":\"UTC\"}"))
        .isEqualTo(
            new ChangeTask(null, null, null, null, new NewValue<>(null), new NewValue<>("UTC")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=HOURLY | must not recur HOURLY: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY",
        "FREQ=DAILY;COUNT=10001 | must have a COUNT of at most 10000, or none",
        "FREQ=DAILY;UNTIL=20300101 | must have an UNTIL in UTC, such as 20301231T235959Z, since the task is due at a time",
        "FREQ=DAILY;UNTIL=20309901T000000Z | must have an UNTIL that is a time of the calendar",
        "FREQ=DAILY;UNTIL=00000000T000000Z | must have an UNTIL that is a time of the calendar",
        "RSCALE=ISLAMIC-CIVIL;FREQ=DAILY | must not have RSCALE=ISLAMIC-CIVIL: a task recurs by the Gregorian calendar",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | must name a time that comes again; FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 names none after 2026-03-01T14:00:00Z: change the rule or the first time",
        "every day | must be a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO, without RRULE: before it (EVERY DAY is no part of a rule)"
      })
  void refusesARuleThatIsNone(String rule, String message) {
    String body =
        "{\"title\":\"t\",\"owner_id\":\"o\",\"due_at\":\"2026-03-01T14:00:00Z\",\"recurrence\":\""
            + rule
            + "\"}";

    assertThat(refusal(body).errors()).containsExactly(new FieldError("recurrence", message));
  }

  @Test
  void refusesARuleWithoutAStartAndAnUnknownZone() {
    assertThat(
            refusal(
                    "{\"title\":\"t\",\"owner_id\":\"o\",\"recurrence\":\"FREQ=DAILY\",\"time_zone\":\"Mars\"}")
                .errors())
        .containsExactly(
            new FieldError("time_zone", "must be the name of a time zone, such as Europe/Berlin"),
            new FieldError("recurrence", "needs due_at, the first time that the task is due"));
  }

  /** In a February, the rule names no time, and never will: all its months are Februaries. */
  @Test
  void readsARuleByTheClocksOfTheTask() {
    String inFebruaryByUtc = "2027-02-28T23:30:00Z";
    String inFebruaryByBerlin = "2027-01-31T23:30:00Z";
    String inUtc = ",\"time_zone\":\"UTC\"";
    String inBerlin = ",\"time_zone\":\"Europe/Berlin\"";

    assertThat(create(onEach31st(inFebruaryByUtc, inBerlin)).recurrence()).isNotNull();
    assertThat(create(onEach31st(inFebruaryByBerlin, inUtc)).recurrence()).isNotNull();
    assertThat(refusal(onEach31st(inFebruaryByUtc, inUtc)))
        .hasMessageContaining("names none after 2027-02-28T23:30:00Z");
    assertThat(refusal(onEach31st(inFebruaryByBerlin, inBerlin)))
        .hasMessageContaining("names none after 2027-01-31T23:30:00Z");
    assertThat(refusal(onEach31st(inFebruaryByBerlin, "")).errors())
        .containsExactly(
            new FieldError(
                "recurrence",
                "recurs by the clocks of some time zones only: add time_zone, such as Europe/Berlin"));
  }

  /**
   * By clocks at 23:30, as at +13:00, the rule names no later time of that day, nor another day.
   */
  @Test
  void asksForTheZoneOfARuleThatNamesTimesOfOneDayOnly() {
    String rule = "FREQ=YEARLY;INTERVAL=9000;BYHOUR=12,23";

    assertThat(refusal(recurring(rule, "")).errors())
        .containsExactly(
            new FieldError(
                "recurrence",
                "recurs by the clocks of some time zones only: add time_zone, such as Europe/Berlin"));
    assertThat(create(recurring(rule, ",\"time_zone\":\"UTC\"")).recurrence()).isEqualTo(rule);
    assertThat(create(recurring("FREQ=YEARLY;BYHOUR=12,23", "")).recurrence()).isNotNull();
    assertThat(create(recurring("FREQ=YEARLY;BYHOUR=12,23;COUNT=1", "")).recurrence()).isNotNull();
  }

  private static String recurring(String rule, String rest) {
    return """
        {"title":"t","owner_id":"o","due_at":"2030-01-15T10:00:00Z","recurrence":"%s"%s}
        """
        .formatted(rule, rest);
  }

  private static String onEach31st(String dueAt, String rest) {
    return """
        {"title":"t","owner_id":"o","due_at":"%s","recurrence":"FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31"%s}
        """
        .formatted(dueAt, rest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"due_at\":null"})
  void takesATaskWithoutThatWhichItMayLack(String rest) {
    assertThat(create("{\"title\":\"t\",\"owner_id\":\"o\"" + rest + "}"))
        .isEqualTo(new CreateTask("t", "o", 1, null, null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "title    | \"\"                          | must not be empty",
        "title    | \" \\t\"                      | must not be empty",
        "title    | \"a\\nb\"                     | must not contain line breaks or other control characters",
        "title    | \"a\\u0000\"                  | must not contain line breaks or other control characters",
        "title    | \"a\\u007f\"                  | must not contain line breaks or other control characters",
        "title    | \"a\\u2028b\"                 | must not contain line breaks or other control characters",
        "title    | \"a\\ud800\"                  | must not contain line breaks or other control characters",
        "title    | 7                             | must be text",
        "title    | null                          | must be text",
        "title    | [\"a\"]                       | must be text",
        "title    | {}                            | must be text",
        "owner_id | \"\"                          | must be 1 to 128 characters of A-Z a-z 0-9 . _ @ + -",
        "owner_id | \"a b\"                       | must be 1 to 128 characters of A-Z a-z 0-9 . _ @ + -",
        "owner_id | \"a\\r\\nBcc: b\"             | must be 1 to 128 characters of A-Z a-z 0-9 . _ @ + -",
        "owner_id | \"a\\n\"                      | must be 1 to 128 characters of A-Z a-z 0-9 . _ @ + -",
        "owner_id | \"../x\"                      | must be 1 to 128 characters of A-Z a-z 0-9 . _ @ + -",
        "owner_id | true                          | must be text",
        "priority | 0                             | must be a whole number from 1 to 5",
        "priority | 6                             | must be a whole number from 1 to 5",
        "priority | -1                            | must be a whole number from 1 to 5",
        "priority | 2.5                           | must be a whole number from 1 to 5",
        "priority | 2.0                           | must be a whole number from 1 to 5",
        "priority | 1e0                           | must be a whole number from 1 to 5",
        "priority | \"2\"                         | must be a whole number from 1 to 5",
        "priority | null                          | must be a whole number from 1 to 5",
        "priority | 4294967298                    | must be a whole number from 1 to 5",
        "priority | 99999999999999999999999999    | must be a whole number from 1 to 5",
        "due_at   | \"2026-03-01T11:59:59.999Z\"  | must not be in the past",
        "due_at   | \"2026-04-01\"                | must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "due_at   | \"2026-04-01T10:00:00\"       | must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "due_at   | \"2026-02-30T10:00:00Z\"      | must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "due_at   | \"+999999-01-01T10:00:00Z\"   | must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "due_at   | \"9999-12-31T23:59:59-18:00\"| must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "due_at   | \"0001-01-01T00:00:00+18:00\"| must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "due_at   | \"tomorrow\"                  | must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "due_at   | 1893456000                    | must be a time with its offset, such as 2030-01-15T14:30:00Z",
      })
  void namesWhatIsUnfit(String field, String value, String message) {
    String body =
        switch (field) {
          case "title" -> "{\"title\":%s,\"owner_id\":\"o\"}";
          case "owner_id" -> "{\"title\":\"t\",\"owner_id\":%s}";
          default -> "{\"title\":\"t\",\"owner_id\":\"o\",\"" + field + "\":%s}";
        };

    assertThat(refusal(body.formatted(value)).errors())
        .containsExactly(new FieldError(field, message));
  }

  @Test
  void countsTheCharactersThatPeopleSee() {
    assertThat(create(titled("😀".repeat(200))).title()).hasSize(400);
    assertThat(refusal(titled("😀".repeat(201))).errors())
        .containsExactly(new FieldError("title", "must have at most 200 characters"));
    assertThat(refusal(titled("x".repeat(10_000))).errors()).hasSize(1);
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    InvalidRequest refusal = refusal("{\"owner_id\":\"a b\",\"priority\":9,\"colour\":\"red\"}");

    assertThat(refusal.errors())
        .extracting(FieldError::field)
        .containsExactly("title", "owner_id", "priority", "colour");
    assertThat(refusal).hasMessage("title is required; see errors for all.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "nonsense",
        "[]",
        "null",
        "7",
        "\"text\"",
        "{\"title\":\"t\"} {}",
        "{\"title\":\"t\"}x",
        "{\"title\":\"t\",}",
        "{'title':'t'}",
        "{title:\"t\"}",
        "{\"title\":NaN}",
        "// c\n{}",
        "{\"title\":\"a\nb\"}"
      })
  void refusesWhatIsNotOneObject(String body) {
    assertThat(refusal(body).errors()).isEmpty();
    assertThat(refusal(body))
        .message()
        .startsWith("The body ")
        .doesNotContain("jackson", "source:");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(refusal("{\"title\":" + "[".repeat(100_000))).message().startsWith("The body ");
  }

  @Test
  void refusesBytesThatAreNotText() {
    byte[] body = "{\"title\":\"ä\",\"owner_id\":\"o\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(catchThrowableOfType(InvalidRequest.class, () -> JsonBody.read(body))).isNotNull();
  }

  @Test
  void refusesANameThatIsThereTwice() {
    assertThat(refusal("{\"title\":\"a\",\"owner_id\":\"o\",\"title\":\"b\"}").errors())
        .containsExactly(new FieldError("title", "is there more than once"));
  }

  @Test
  void takesChangesAsAMergePatch() {
    assertThat(change("{}")).isEqualTo(new ChangeTask(null, null, null, null, null, null));
    assertThat(change("{\"title\":\"b\",\"priority\":3}"))
        .isEqualTo(new ChangeTask("b", null, 3, null, null, null));
    assertThat(change("{\"due_at\":null}"))
        .isEqualTo(new ChangeTask(null, null, null, new NewValue<>(null), null, null));
    assertThat(change("{\"due_at\":\"2026-04-01T00:00:00Z\"}").dueAt())
        .isEqualTo(new NewValue<>(Instant.parse("2026-04-01T00:00:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"title\":null}",
        "{\"owner_id\":null}",
        "{\"priority\":null}",
        "{\"status\":\"completed\"}",
        "{\"id\":\"x\"}"
      })
  void refusesToRemoveWhatATaskMustHave(String patch) {
    InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> change(patch));

    assertThat(refusal.errors()).hasSize(1);
  }

  private static String titled(String title) {
    return "{\"title\":\"" + title + "\",\"owner_id\":\"o\"}";
  }

  private static CreateTask create(String body) {
    return TaskRequest.create(JsonBody.read(body.getBytes(StandardCharsets.UTF_8)), NOW);
  }

  private static ChangeTask change(String body) {
    return TaskRequest.change(JsonBody.read(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static InvalidRequest refusal(String body) {
    return catchThrowableOfType(InvalidRequest.class, () -> create(body));
  }
}
