package io.eventagents.scheduling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.scheduling.reminder.ReminderDue;
import io.eventagents.scheduling.reminder.ReminderScheduled;
import io.eventagents.scheduling.reminder.TaskCompleted;
import io.eventagents.scheduling.reminder.TaskCreated;
import io.eventagents.test.AgentTally;
import io.eventagents.test.AgentTest;
import io.eventagents.test.Chain;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import io.eventagents.test.DeadLetter;
import io.eventagents.test.SentRecord;
import io.eventagents.test.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

@AgentTest(properties = "scheduling.poll-interval=PT0.05S")
class SchedulingAgentTests {

  private final String taskId = "task-" + UUID.randomUUID();
  private final String owner = "user-" + UUID.randomUUID();

  @Autowired private Chains chains;
  @Autowired private SettableClock clock;
  @LocalServerPort private int port;

  @Test
  void remindsInTheChainOfTheTask() {
    String request =
        chains.publish(taskId, SchedulingFixture.created(taskId, "Review", owner, null));
    assertThat(chains.await(request)).hasExactlyEvents("task.created", "reminder.scheduled");

    clock.tick(Duration.ofDays(1));
    Chain chain = chains.await(request, "reminder.due");

    assertThat(chain)
        .hasExactlyEvents("task.created", "reminder.scheduled", "reminder.due")
        .hasCaused("task.created", "reminder.scheduled")
        .hasCaused("reminder.scheduled", "reminder.due")
        .isPublishedOnce();
    ChainEvent due = chain.single("reminder.due");
    assertThat(due.key()).isEqualTo(taskId);
    assertThat(due.dataAs(ReminderDue.class))
        .returns(taskId, ReminderDue::taskId)
        .returns(owner, ReminderDue::ownerId)
        .returns("Review", ReminderDue::title);
  }

  @Test
  void continuesTheChainOfTheEventThatMovedTheReminder() {
    chains.await(chains.publish(taskId, SchedulingFixture.created(taskId, "Review", owner, null)));
    Instant due = clock.instant().plus(Duration.ofDays(3));
    String change = chains.publish(taskId, SchedulingFixture.updated(taskId, "Review", owner, due));
    assertThat(chains.await(change)).hasExactlyEvents("task.updated", "reminder.rescheduled");

    clock.tick(Duration.ofDays(3));

    assertThat(chains.await(change, "reminder.due"))
        .hasCaused("reminder.rescheduled", "reminder.due")
        .isPublishedOnce();
  }

  @Test
  void cancelsTheReminderOfATaskThatEnds() {
    chains.await(chains.publish(taskId, SchedulingFixture.created(taskId, "Review", owner, null)));

    String end = chains.publish(taskId, new TaskCompleted(taskId));

    assertThat(chains.await(end)).hasExactlyEvents("task.completed", "reminder.cancelled");
    assertThat(calendar()).contains("STATUS:CANCELLED", "SUMMARY:Review");
  }

  @Test
  void cancelsOnceThoughItsEventsAreReadAgain() {
    Event<TaskCreated> created =
        event("task.created", SchedulingFixture.created(taskId, "Review", owner, null));
    Event<TaskCompleted> completed = event("task.completed", new TaskCompleted(taskId));
    chains.publish(taskId, created);
    String request = chains.publish(taskId, completed);
    chains.await(request, "reminder.cancelled");

    chains.publish(taskId, created);
    chains.publish(taskId, completed);
    chains.await(request);
    clock.tick(Duration.ofDays(2));
    // A reminder of another task, which comes after those that the tick made due.
    String last = "task-" + UUID.randomUUID();
    String other = chains.publish(last, SchedulingFixture.created(last, "Review", last, null));
    chains.await(other, "reminder.scheduled");
    clock.tick(Duration.ofDays(1));
    chains.await(other, "reminder.due");

    assertThat(tasksOf("reminder.scheduled")).containsExactly(taskId);
    assertThat(tasksOf("reminder.cancelled")).containsExactly(taskId);
    assertThat(tasksOf("reminder.due")).isEmpty();
    assertThat(calendar()).containsOnlyOnce("BEGIN:VEVENT").contains("STATUS:CANCELLED");
  }

  @Test
  void remindsOrCancelsButNeverBoth() {
    List<String> tasks = IntStream.range(0, 20).mapToObj(i -> taskId + "-" + i).toList();
    tasks.forEach(
        task -> chains.publish(task, SchedulingFixture.created(task, "Review", owner, null)));
    chains.awaitQuiet();
    assertThat(tasksOf("reminder.scheduled")).hasSameElementsAs(tasks);

    clock.tick(Duration.ofDays(1));
    tasks.forEach(task -> chains.publish(task, new TaskCompleted(task)));
    chains.awaitQuiet();

    assertThat(Stream.of("reminder.due", "reminder.cancelled").flatMap(this::tasksOf))
        .containsExactlyInAnyOrderElementsOf(tasks);
  }

  private Stream<String> tasksOf(String eventType) {
    return chains.events(eventType).stream()
        .map(event -> String.valueOf(event.key()))
        .filter(task -> task.startsWith(taskId));
  }

  private <P extends Record> Event<P> event(String type, P data) {
    return new Event<>(
        UUID.randomUUID().toString(),
        type,
        clock.instant(),
        data,
        new EventMetadata("req-" + taskId, "api-1", "task-api"));
  }

  @Test
  void goesOnWithATaskThatRecurs() {
    Instant due = clock.instant().plus(Duration.ofHours(2));
    String request =
        chains.publish(
            taskId,
            new TaskCreated(taskId, "Review", owner, 3, due, "FREQ=DAILY", "Europe/Berlin"));
    chains.await(request);

    clock.tick(Duration.ofHours(1));

    assertThat(chains.await(request, "reminder.due"))
        .hasCaused("reminder.due", "reminder.scheduled")
        .hasExactlyEvents(
            "task.created", "reminder.scheduled", "reminder.due", "reminder.scheduled")
        .isPublishedOnce();
  }

  @Test
  void snoozesOverHttp() {
    String request =
        chains.publish(taskId, SchedulingFixture.created(taskId, "Review", owner, null));
    String id =
        chains
            .await(request)
            .single("reminder.scheduled")
            .dataAs(ReminderScheduled.class)
            .reminderId();

    String answer =
        String.valueOf(
            http()
                .post()
                .uri("/reminders/{id}/snooze", id)
                .header("X-Correlation-ID", "req-snooze-" + taskId)
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"duration\": \"P2D\"}")
                .retrieve()
                .body(String.class));

    assertThat(answer).contains("\"status\":\"scheduled\"", "\"snoozed\":true", id);
    clock.tick(Duration.ofDays(2));
    assertThat(chains.await("req-snooze-" + taskId, "reminder.due"))
        .hasExactlyEvents("reminder.rescheduled", "reminder.due")
        .hasCaused("reminder.rescheduled", "reminder.due");
  }

  @Test
  void answersProblemDocuments() {
    assertThat(problem("/reminders/" + UUID.randomUUID() + "/snooze", "{\"duration\":\"PT1M\"}"))
        .contains("\"status\":404", "There is no reminder", "correlation_id");
    assertThat(problem("/reminders/" + UUID.randomUUID() + "/snooze", "{\"duration\":\"soon\"}"))
        .contains("\"status\":400", "\"field\":\"duration\"");
    assertThat(problem("/reminders/x/snooze", "{\"duration\":\"PT1M\"}"))
        .contains("\"status\":400");
  }

  private String problem(String path, String body) {
    return http()
        .post()
        .uri(path)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body)
        .exchangeForRequiredValue(
            (request, response) -> {
              assertThat(response.getHeaders().getContentType())
                  .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
              return new String(response.getBody().readAllBytes(), UTF_8);
            });
  }

  private RestClient http() {
    return RestClient.create("http://127.0.0.1:" + port);
  }

  @Test
  void makesOneReminderOfAnEventThatComesTwice() {
    Event<TaskCreated> created =
        event("task.created", SchedulingFixture.created(taskId, "Review", owner, null));
    chains.publish(taskId, created);
    String request = chains.publish(taskId, created);

    assertThat(chains.await(request).events("reminder.scheduled")).hasSize(1);
    assertThat(calendar()).containsOnlyOnce("BEGIN:VEVENT");
  }

  @Test
  void deadLettersAnInvalidTask() {
    String request =
        chains.publish(taskId, SchedulingFixture.created(taskId, "Review", "a\nb", null));

    assertThat(chains.await(request, "delivery.failed")).hasNone("reminder.scheduled");
    assertThat(chains.deadLetters("reminder-scheduler"))
        .filteredOn(letter -> taskId.equals(letter.key()))
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).contains("owner_id must have"));
  }

  /** Foreign programs may write any rule. The orchestrator refuses these for the same reason. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RSCALE=ISLAMIC-CIVIL;FREQ=DAILY | recurrence must not have RSCALE=ISLAMIC-CIVIL: a task recurs by the Gregorian calendar",
        "RSCALE=ISLAMIC-CIVIL;FREQ=MONTHLY | recurrence must not have RSCALE=ISLAMIC-CIVIL: a task recurs by the Gregorian calendar",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31 | recurrence must name a time that comes again; FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31 names none after 2999-02-15T09:00:00Z",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | recurrence must name a time that comes again; FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 names none after 2999-02-15T09:00:00Z"
      })
  void deadLettersATaskThatDoesNotRecurAndSaysWhy(String rule, String reason) {
    String request = chains.publish(taskId, recurring(rule));

    assertThat(chains.await(request, "delivery.failed")).hasNone("reminder.scheduled");
    assertThat(chains.deadLetters("reminder-scheduler"))
        .filteredOn(letter -> taskId.equals(letter.key()))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.reason()).contains(reason);
              assertThat(letter.attempts()).isOne();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FREQ=YEARLY;BYYEARDAY=-366;BYDAY=SU",
        "FREQ=YEARLY;BYWEEKNO=53",
        "FREQ=YEARLY;BYMONTH=3,9;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=400",
        "FREQ=DAILY;BYHOUR=8;BYMINUTE=0,30"
      })
  void remindsOfATaskWhateverItRecursBy(String rule) {
    String request = chains.publish(taskId, recurring(rule));

    assertThat(chains.await(request, "reminder.scheduled"))
        .hasExactlyEvents("task.created", "reminder.scheduled");
  }

  private TaskCreated recurring(String rule) {
    return new TaskCreated(
        taskId, "Review", owner, 1, Instant.parse("2999-02-15T09:00:00Z"), rule, "Europe/Berlin");
  }

  @Test
  void bearsWhatOtherProgramsWrite() throws Exception {
    AgentTally before = chains.tally("reminder-scheduler");
    write("not-json.txt");
    SentRecord created = write("task.created.json");
    write("order.placed.json");
    SentRecord broken = write("no-event-id.json");
    SentRecord completed = write("task.completed.no-metadata.json");
    String last =
        chains.publish("task-123", SchedulingFixture.created(taskId, "Review", owner, null));

    assertThat(chains.await(last)).hasExactlyEvents("task.created", "reminder.scheduled");
    assertThat(chains.await(created))
        .hasExactlyEvents("task.created", "reminder.scheduled")
        .hasCaused("task.created", "reminder.scheduled");
    assertThat(completed.correlationId()).isEqualTo("0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11");
    assertThat(chains.await(completed))
        .hasExactlyEvents("task.completed", "reminder.cancelled")
        .hasCaused("task.completed", "reminder.cancelled");
    assertThat(chains.deadLetters("reminder-scheduler"))
        .filteredOn(letter -> letter.isOf(broken))
        .singleElement()
        .returns("event_id is missing", DeadLetter::reason);
    assertThat(chains.events("delivery.failed"))
        .filteredOn(event -> event.text("reason").equals("event_id is missing"))
        .singleElement()
        .returns("reminder-scheduler", event -> event.text("agent"));
    assertThat(chains.tally("reminder-scheduler"))
        .returns(before.unreadable() + 1, AgentTally::unreadable)
        .returns(before.skipped() + 1, AgentTally::skipped);
  }

  private SentRecord write(String file) throws IOException {
    return chains.publishJson(
        "task-events", "task-123", new ClassPathResource("wire/" + file).getContentAsString(UTF_8));
  }

  private String calendar() {
    return String.valueOf(
        http().get().uri("/calendars/{owner}.ics", owner).retrieve().body(String.class));
  }
}
