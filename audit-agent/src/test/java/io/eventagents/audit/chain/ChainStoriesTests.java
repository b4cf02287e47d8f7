package io.eventagents.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.index.Calls;
import io.eventagents.audit.index.IndexedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainStoriesTests {

  private static final int LIMIT = 2000;

  private static IndexedLog.Database database;

  @TempDir Path path;

  private IndexedLog log;
  private ChainStories stories;

  @BeforeAll
  static void database() {
    database = IndexedLog.Database.create("audit_stories");
  }

  @BeforeEach
  void open() {
    log = IndexedLog.in(path, database);
    stories =
        new ChainStories(
            database.outlines(),
            Calls.OF_THE_API,
            new Expectations(Expectation.OURS, log.clock),
            AnswerRoom.ofTheHeap(),
            LIMIT);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void summarisesAChain() {
    log.accept(
        log.event("a", "a2", "payment.taken", "a1", time(30), "{}"),
        log.event("a", "a1", "order.placed", "api-place-1", time(31), "{}"),
        log.event("a", "a1", "order.placed", "api-place-1", time(31), "{}"),
        log.event("a", "a3", "order.completed", "a2", time(59), "{}"));

    ChainStory chain = listed("a");

    assertThat(chain.root().event().eventId()).isEqualTo("a1");
    assertThat(chain.root().event().key()).isEqualTo("key-a");
    assertThat(chain.agents()).containsExactly("order-agent", "payment-agent");
    assertThat(chain.events()).isEqualTo(3);
    assertThat(chain.began()).isEqualTo(time(30));
    assertThat(chain.extent().ended()).isEqualTo(time(59));
    assertThat(chain.outcome()).isEqualTo(new Outcome.Complete());
    assertThat(chain.missingCauses()).isEmpty();
    assertThat(chain.truncated()).isFalse();
    assertThat(stories.find("unknown")).isEmpty();
  }

  @Test
  void reportsFailuresThatAreNotSettled() {
    log.accept(
        at("a", "a1", null, 1),
        failed("f1", "first", 2),
        failed("f2", "second", 3),
        failed("f3", "third", 3),
        settled("r1", "delivery.replayed", "f1", "first"),
        settled("d2", "delivery.discarded", "f2", "second"),
        log.event("b", "b1", "notification.failed", null, time(4), "{}"),
        log.event("b", "b2", "email.bounced", "b1", time(4), "{}"));

    assertThat(listed("a").failures())
        .extracting(node -> node.event().eventId())
        .containsExactly("f3");
    assertThat(listed("b").failures())
        .extracting(node -> node.event().eventId())
        .containsExactly("b1", "b2");
    assertThat(listed("b").outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, outcome -> assertThat(outcome.more()).isEqualTo(1));
  }

  @Test
  void takesAnEventAsTheRootIfItsCauseIsNotMissing() {
    log.accept(at("a", "child", "parent", 5), at("a", "root", "api-call", 6));
    assertThat(listed("a").root().event().eventId()).isEqualTo("root");
    assertThat(listed("a").missingCauses()).containsExactly("parent");

    log.accept(at("a", "parent", "root", 9));

    assertThat(listed("a").missingCauses()).isEmpty();
  }

  @Test
  void missesNoCauseIfEventsCauseEachOther() {
    log.accept(at("a", "a1", "a2", 5), at("a", "a2", "a1", 6));

    assertThat(listed("a").missingCauses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {499, 500, 501, 1999, 2000})
  void judgesAChainInAListByAllOfItsEvents(int events) {
    List<ReceivedRecord> records = new ArrayList<>();
    records.add(log.event("long", "e0", "task.created", "api-1", time(0), "{}"));
    for (int i = 1; i < events - 1; i++) {
      records.add(log.event("long", "e" + i, "task.noted", "e" + (i - 1), time(1), "{}"));
    }
    log.accept(records.toArray(ReceivedRecord[]::new));
    assertThat(listed("long").outcome()).isInstanceOf(Outcome.Waiting.class);

    log.accept(log.event("long", "last", "notification.sent", "e" + (events - 2), time(2), "{}"));

    assertThat(listed("long").outcome()).isEqualTo(new Outcome.Complete());
    assertThat(listed("long").events()).isEqualTo(events);
    assertThat(stories.find("long").orElseThrow().outcome()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void findsWhatFollowsEachOfThousandsOfEventsByTheirFields() {
    List<ReceivedRecord> records = new ArrayList<>();
    for (int i = 0; i < LIMIT / 2; i++) {
      records.add(reminder("s" + i, "reminder.scheduled", i));
    }
    for (int i = 1; i < LIMIT / 2; i++) {
      records.add(reminder("d" + i, "reminder.due", i));
    }
    log.accept(records.toArray(ReceivedRecord[]::new));

    assertThat(listed("reminded").awaited())
        .singleElement()
        .satisfies(
            awaited -> {
              assertThat(awaited.node().event().eventId()).isEqualTo("s0");
              assertThat(awaited.until()).isEqualTo("2025-01-15T11:00:00Z");
              assertThat(awaited.overdue()).isTrue();
            });
  }

  @Test
  void waitsForNothingIfTheFieldsAreMissing() {
    log.accept(log.event("untold", "u1", "reminder.scheduled", null, time(1), "{}"));

    assertThat(listed("untold").outcome()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void findsWhatFollowsInAnotherChainByItsFields() {
    log.accept(
        ofTask("task-1", "created", "s1", "reminder.scheduled", "r-1"),
        ofTask("task-1", "created", "s2", "reminder.scheduled", "r-2"),
        ofTask("task-1", "snoozed", "m1", "reminder.rescheduled", "r-1"));

    assertThat(awaited("created")).containsExactly("s2");
    assertThat(awaited("snoozed")).containsExactly("m1");
    assertThat(stories.find("created").orElseThrow().awaited()).hasSize(1);

    log.accept(
        ofTask("task-1", "snoozed", "d1", "reminder.due", "r-1"),
        ofTask("task-1", "completed", "c2", "reminder.cancelled", "r-2"));

    assertThat(listed("created").outcome()).isEqualTo(new Outcome.Complete());
    assertThat(listed("snoozed").outcome()).isEqualTo(new Outcome.Complete());
  }

  @Test
  void ignoresEventsThatCameBeforeOrAreOfAnotherEntity() {
    log.accept(
        ofTask("task-1", "before", "d1", "reminder.due", "r-1"),
        ofTask("task-1", "created", "s1", "reminder.scheduled", "r-1"),
        ofTask("task-2", "other", "d2", "reminder.due", "r-1"));

    assertThat(awaited("created")).containsExactly("s1");
  }

  @Test
  void saysThatAChainIsTooLongToBeReadWhole() {
    log.accept(
        IntStream.range(0, LIMIT + 500)
            .mapToObj(i -> at("huge", "e" + i, i == 0 ? null : "e0", i % 60))
            .toArray(ReceivedRecord[]::new));

    ChainStory chain = listed("huge");

    assertThat(chain.truncated()).isTrue();
    assertThat(chain.nodes()).hasSize(LIMIT);
    assertThat(chain.events()).isEqualTo(LIMIT + 500);
    assertThat(chain.extent().ended()).isEqualTo(time(59));
    assertThat(stories.find("huge")).hasValue(chain);
  }

  @Test
  void judgesLargeEventsByTheBeginningOfTheirData() {
    String filling = ",\"filling\":\"" + "ä".repeat(50_000) + "\"}";
    log.accept(
        log.event("wide", "s1", "reminder.scheduled", "api-1", time(1), told("r-1") + filling),
        log.event("wide", "s2", "reminder.scheduled", "api-1", time(1), told("r-2") + filling),
        log.event("wide", "d1", "reminder.due", "api-1", time(2), told("r-1") + filling));

    assertThat(awaited("wide")).containsExactly("s2");
    assertThat(listed("wide").awaited().getFirst().until()).isEqualTo("2025-01-15T11:00:00Z");
  }

  private static String told(String reminder) {
    return "{\"reminder_id\":\"%s\",\"remind_at\":\"2025-01-15T11:00:00Z\"".formatted(reminder);
  }

  @Test
  void saysThatAChainIsTooLargeToBeReadWhole() {
    log.accept(at("vast", "e0", null, 0));
    database
        .jdbc()
        .update(
            """
            insert into audit.records (topic_id, topic, partition, "offset", log, file, position, length, logged_at,
              headers, payload, event_id, event_type, source, correlation_id, occurred_at, data)
            select topic_id, topic, partition, "offset" + i, log, file, position + i, length, logged_at,
              headers, payload, event_id || '-' || i, 'task.created', source, correlation_id, occurred_at,
              '{"filling":"' || repeat('x', 33000) || '"}'
            from audit.records, generate_series(1, 599) i where correlation_id = 'vast'
            """);

    ChainStory chain = listed("vast");

    assertThat(chain.truncated()).isTrue();
    assertThat(chain.nodes()).hasSizeBetween(400, 550);
    assertThat(chain.events()).isEqualTo(600);
    assertThat(stories.find("vast")).hasValue(chain);
  }

  /** The chain as a list has it, behind another one. */
  private ChainStory listed(String chain) {
    return stories
        .of(database.outlines().newestChains(null, 10))
        .filter(story -> chain.equals(story.correlationId()))
        .findFirst()
        .orElseThrow();
  }

  private List<@Nullable String> awaited(String chain) {
    List<@Nullable String> awaited = new ArrayList<>();
    listed(chain).awaited().forEach(one -> awaited.add(one.node().event().eventId()));
    return awaited;
  }

  private ReceivedRecord ofTask(
      String task, String chain, String id, String type, @Nullable String reminder) {
    return log.keyed(
        task,
        """
        {"event_id":"%s","event_type":"%s","occurred_at":"%s","data":%s,\
        "metadata":{"correlation_id":"%s","causation_id":"api-1","source":"reminders"}}"""
            .formatted(
                id,
                type,
                time(1),
                reminder == null
                    ? "{}"
                    : "{\"reminder_id\":\"%s\",\"remind_at\":\"2025-01-15T11:00:00Z\"}"
                        .formatted(reminder),
                chain));
  }

  private ReceivedRecord failed(String id, String failed, int second) {
    return log.event(
        "a", id, "delivery.failed", "a1", time(second), "{\"event_id\":\"%s\"}".formatted(failed));
  }

  private ReceivedRecord settled(String id, String type, String cause, String failed) {
    return log.event("a", id, type, cause, time(4), "{\"event_id\":\"%s\"}".formatted(failed));
  }

  private ReceivedRecord reminder(String id, String type, int number) {
    return log.event(
        "reminded",
        id,
        type,
        "api-1",
        time(1),
        "{\"reminder_id\":\"r-%d\",\"remind_at\":\"2025-01-15T11:00:00Z\"}".formatted(number));
  }

  private ReceivedRecord at(String chain, String id, @Nullable String cause, int second) {
    return log.event(chain, id, "task.noted", cause, time(second), "{}");
  }

  private static String time(int second) {
    return Instant.parse("2025-01-15T10:00:00Z").plusSeconds(second).toString();
  }
}
