package io.eventagents.orchestrator.followup;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import io.eventagents.orchestrator.TaskClient;
import io.eventagents.test.AgentTest;
import io.eventagents.test.ChainEvent;
import io.eventagents.test.Chains;
import io.eventagents.test.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Events that should follow others, and do or do not. The test plays the other agents. */
@AgentTest(
    properties = {
      "orchestrator.follow-ups[0].after=task.created",
      "orchestrator.follow-ups[0].expect=notification.sent",
      "orchestrator.follow-ups[0].within=30m",
      "orchestrator.follow-ups[1].after=task.created",
      "orchestrator.follow-ups[1].expect=reminder.scheduled",
      "orchestrator.follow-ups[1].within=30m",
      "orchestrator.follow-ups[1].when.field=due_at",
      "orchestrator.follow-ups[2].after=reminder.due",
      "orchestrator.follow-ups[2].expect=notification.sent",
      "orchestrator.follow-ups[2].within=30m",
      "orchestrator.watch.poll-interval=50ms",
      "orchestrator.watch.start-delay=0s"
    })
class FollowUpTests {

  private static final String AGENT = "orchestrator-follow-ups";
  private static final String DUE =
      "{\"title\":\"a\",\"owner_id\":\"o\",\"due_at\":\"2999-01-01T00:00:00Z\"}";

  @LocalServerPort private int port;
  @Autowired private Chains chains;
  @Autowired private SettableClock clock;
  @Autowired private JdbcClient jdbc;
  @Autowired private FollowUpDeadlines deadlines;
  @Autowired private FollowUpStore store;
  @Autowired private PlatformTransactionManager transactions;

  private TaskClient client = TaskClient.of(0);

  @EventType("notification.sent")
  record NotificationSent(@Nullable String taskId, String channel) {}

  @EventType("reminder.scheduled")
  record ReminderScheduled(String taskId) {}

  @EventType("reminder.due")
  record ReminderDue(String taskId) {}

  @BeforeEach
  void connect() {
    client = TaskClient.of(port);
  }

  @Test
  void isAwaitedAndFollows() {
    String id = client.createdFrom(DUE);
    List<JsonNode> awaited = followUps(id);

    assertThat(awaited)
        .extracting(FollowUpTests::told)
        .containsExactly("notification.sent awaited", "reminder.scheduled awaited");
    JsonNode task = TaskClient.json(client.get("/tasks/" + id));
    assertThat(time(awaited.get(0), "deadline"))
        .isBetween(
            Instant.parse(task.get("created_at").asString()).plus(Duration.ofMinutes(29)),
            Instant.parse(task.get("created_at").asString()).plus(Duration.ofMinutes(31)));
    String tag = TaskClient.header(client.get("/tasks/" + id), "ETag");
    String created = created();
    String mail = send(id, new NotificationSent(id, "email"), created);
    String post = send(id, new NotificationSent(id, "slack"), created);
    chains.await(client.correlationId());

    assertThat(followUps(id))
        .extracting(FollowUpTests::told)
        .containsExactly("notification.sent followed", "reminder.scheduled awaited");
    assertThat(followUps(id).get(0).get("event_id").asString()).isEqualTo(mail);
    assertThat(TaskClient.header(client.get("/tasks/" + id), "ETag")).isNotEqualTo(tag);
    assertThat(client.patchWith(id, "{\"priority\":3}", "If-Match", tag).statusCode())
        .as("a follow-up is not a change of the task")
        .isEqualTo(200);
    assertThat(
            TaskClient.json(client.get("/tasks/" + id + "/events"))
                .get("events")
                .valueStream()
                .map(event -> event.get("event_id").asString()))
        .startsWith(created)
        .contains(mail, post)
        .hasSize(4);
  }

  @Test
  void isNotAwaitedIfTheConditionDoesNotHold() {
    assertThat(followUps(client.created("a")))
        .extracting(FollowUpTests::told)
        .containsExactly("notification.sent awaited");
  }

  @Test
  void isWhatTheEventCausedAndNotWhatIsAboutTheSameTask() {
    String id = client.created("a");
    String created = created();
    send(id, new NotificationSent(id, "email"), "another-event");
    chains.publish(
        id,
        event(
            new NotificationSent(id, "email"),
            new EventMetadata("another-chain-" + id, created, "notification-email")));
    chains.await(client.correlationId());

    assertThat(followUps(id))
        .extracting(FollowUpTests::told)
        .containsExactly("notification.sent awaited");
  }

  @Test
  void isReportedOnceIfItIsMissedAndOnceIfItComesAfterAll() {
    String id = client.createdFrom(DUE);
    String created = created();
    send(id, new ReminderScheduled(id), created);
    chains.await(client.correlationId());
    clock.tick(Duration.ofMinutes(31));
    ChainEvent missed =
        chains.await(client.correlationId(), "followup.missed").single("followup.missed");

    assertThat(missed.topic()).isEqualTo("followup-events");
    assertThat(missed.key()).isEqualTo(created);
    assertThat(missed.metadata().causationId()).isEqualTo(created);
    assertThat(missed.metadata().source()).isEqualTo(AGENT);
    assertThat(missed.text("expected_type")).isEqualTo("notification.sent");
    assertThat(missed.text("cause_type")).isEqualTo("task.created");
    assertThat(missed.text("cause_id")).isEqualTo(created);
    assertThat(missed.text("task_id")).isEqualTo(id);
    assertThat(followUps(id))
        .extracting(FollowUpTests::told)
        .containsExactly("notification.sent missed", "reminder.scheduled followed");

    deadlines.tellMissed();
    String mail = send(id, new NotificationSent(id, "email"), created);
    send(id, new NotificationSent(id, "slack"), created);
    var chain = chains.await(client.correlationId(), "followup.recovered");
    ChainEvent recovered = chain.single("followup.recovered");
    assertThat(recovered.metadata().causationId()).isEqualTo(mail);
    assertThat(recovered.key()).isEqualTo(created);
    assertThat(recovered.text("expected_type")).isEqualTo("notification.sent");
    assertThat(recovered.text("task_id")).isEqualTo(id);
    assertThat(chain.events())
        .filteredOn(event -> event.eventType().equals("followup.missed"))
        .hasSize(1);
    assertThat(followUps(id).get(0).get("state").asString()).isEqualTo("recovered");
  }

  @Test
  void eachThatIsMissedIsAnEventOfItsOwn() {
    client.createdFrom(DUE);
    clock.tick(Duration.ofMinutes(31));

    assertThat(chains.await(client.correlationId(), "followup.missed", "followup.missed").events())
        .filteredOn(event -> event.eventType().equals("followup.missed"))
        .extracting(event -> event.text("expected_type"))
        .containsExactlyInAnyOrder("notification.sent", "reminder.scheduled");
  }

  @Test
  void isReportedOnceHoweverManyInstancesWatch() {
    List<String> ids = IntStream.range(0, 30).mapToObj(number -> client.createdFrom(DUE)).toList();
    clock.tick(Duration.ofMinutes(31));
    IntStream.range(0, 4)
        .mapToObj(number -> CompletableFuture.runAsync(deadlines::tellMissed))
        .toList()
        .forEach(CompletableFuture::join);
    Awaitility.await()
        .until(() -> ids.stream().flatMap(id -> followUps(id).stream()).allMatch(this::isMissed));

    var chain = chains.await(client.correlationId());
    assertThat(chain).isPublishedOnce();
    assertThat(chain.events())
        .filteredOn(event -> event.eventType().equals("followup.missed"))
        .hasSize(60);
  }

  @Test
  void isLeftToTheInstanceThatLockedIt() {
    String id = client.createdFrom(DUE);
    List<String> types = List.of("notification.sent", "reminder.scheduled");
    new TransactionTemplate(transactions)
        .executeWithoutResult(
            status -> {
              Instant later = clock.instant().plus(Duration.ofMinutes(31));
              assertThat(store.lockOverdue(types, later, 1_000, 0))
                  .filteredOn(held -> id.equals(held.taskId()))
                  .hasSize(2);
              clock.set(later);
              CompletableFuture.runAsync(deadlines::tellMissed)
                  .orTimeout(10, TimeUnit.SECONDS)
                  .join();
              assertThat(followUps(id)).noneMatch(this::isMissed);
            });

    var chain = chains.await(client.correlationId(), "followup.missed", "followup.missed");
    assertThat(chain).isPublishedOnce();
  }

  @Test
  void mayBeReadBeforeWhatItFollows() {
    String id = client.created("a");
    String due = UUID.randomUUID().toString();
    send(id, new NotificationSent(id, "email"), due);
    chains.await(client.correlationId());
    assertThat(followUps(id)).hasSize(1);
    publish(id, due, new ReminderDue(id), "a-timer");
    chains.await(client.correlationId());

    assertThat(followUps(id))
        .extracting(FollowUpTests::told)
        .containsExactly("notification.sent awaited", "notification.sent followed");
  }

  @Test
  void mayFollowAnEventOfAnotherAgent() {
    String id = client.created("a");
    String due = UUID.randomUUID().toString();
    publish(id, due, new ReminderDue(id), "a-timer");
    chains.await(client.correlationId());
    assertThat(followUps(id).get(1).get("after").asString()).isEqualTo("reminder.due");
    clock.tick(Duration.ofMinutes(31));
    assertThat(chains.await(client.correlationId(), "followup.missed", "followup.missed").events())
        .filteredOn(event -> event.eventType().equals("followup.missed"))
        .extracting(event -> event.metadata().causationId())
        .containsExactlyInAnyOrder(created(), due);
    send(id, new NotificationSent(id, "email"), due);

    assertThat(
            chains
                .await(client.correlationId(), "followup.recovered")
                .single("followup.recovered")
                .text("cause_id"))
        .isEqualTo(due);
  }

  /** The report must fit into a record, and names the event anyway. */
  @Test
  void isReportedWithoutATaskWhoseIdIsTooLong() {
    client.created("a");
    String due = UUID.randomUUID().toString();
    publish("endless", due, new ReminderDue("x".repeat(16_385)), "a-timer");
    chains.await(client.correlationId());
    clock.tick(Duration.ofMinutes(31));

    assertThat(chains.await(client.correlationId(), "followup.missed", "followup.missed").events())
        .filteredOn(event -> event.metadata().causationId().equals(due))
        .singleElement()
        .satisfies(missed -> assertThat(missed.text("cause_id")).isEqualTo(due))
        .satisfies(
            missed ->
                assertThat(
                        jdbc.sql(
                                "select count(*) from orchestrator.follow_ups where cause_id = ? and task_id is null")
                            .param(due)
                            .query(Integer.class)
                            .single())
                    .isOne());
  }

  @Test
  void isNotAwaitedForEventsOfLongAgo() {
    String id = client.created("a");
    chains.publish(
        id,
        new Event<>(
            UUID.randomUUID().toString(),
            "reminder.due",
            clock.instant().minus(Duration.ofHours(25)),
            new ReminderDue(id),
            new EventMetadata(client.correlationId(), "a-timer", "reminder-scheduler")));
    chains.await(client.correlationId());

    assertThat(followUps(id)).hasSize(1);
  }

  @Test
  void isForgottenLongAfterIt() {
    String id = client.createdFrom(DUE);
    send(id, new ReminderScheduled(id), created());
    chains.await(client.correlationId());
    Instant now = clock.instant();
    store.purge(now, now.minus(Duration.ofDays(1)));
    assertThat(followUps(id)).hasSize(2);
    Instant later = now.plus(Duration.ofDays(1));
    store.purge(later, later);

    assertThat(followUps(id)).isEmpty();
  }

  @Test
  void isFoundByItsDeadline() {
    List<String> plan =
        new TransactionTemplate(transactions)
            .execute(
                status -> {
                  jdbc.sql("set local enable_seqscan = off").update();
                  return jdbc.sql(
                          """
                          explain select * from orchestrator.follow_ups
                          where deadline is not null and missed_at is null and followed_at is null
                            and deadline <= now() and event_type in ('notification.sent')
                          order by deadline limit 100 for update skip locked
                          """)
                      .query(String.class)
                      .list();
                });

    assertThat(plan).anyMatch(line -> line.contains("follow_ups_awaited"));
  }

  private boolean isMissed(JsonNode followUp) {
    return followUp.get("state").asString().equals("missed");
  }

  /** The id of the only task.created of the client's chain. */
  private String created() {
    return chains.await(client.correlationId(), "task.created").single("task.created").eventId();
  }

  private String send(String key, Record payload, String causationId) {
    String id = UUID.randomUUID().toString();
    publish(key, id, payload, causationId);
    return id;
  }

  private void publish(String key, String eventId, Record payload, String causationId) {
    EventMetadata metadata =
        new EventMetadata(client.correlationId(), causationId, "another-agent");
    Event<Record> event = event(payload, metadata);
    chains.publish(
        key, new Event<>(eventId, event.eventType(), event.occurredAt(), payload, metadata));
  }

  private Event<Record> event(Record payload, EventMetadata metadata) {
    EventType type = Objects.requireNonNull(payload.getClass().getAnnotation(EventType.class));
    return new Event<>(
        UUID.randomUUID().toString(), type.value(), clock.instant(), payload, metadata);
  }

  private List<JsonNode> followUps(String taskId) {
    return TaskClient.json(client.get("/tasks/" + taskId)).get("follow_ups").valueStream().toList();
  }

  private static String told(JsonNode followUp) {
    return followUp.get("event_type").asString() + " " + followUp.get("state").asString();
  }

  private static Instant time(JsonNode node, String field) {
    return Instant.parse(node.get(field).asString());
  }
}
