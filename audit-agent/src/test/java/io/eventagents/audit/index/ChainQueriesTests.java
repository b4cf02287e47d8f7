package io.eventagents.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Part;
import io.eventagents.audit.answer.RowStream;
import io.eventagents.audit.answer.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainQueriesTests {

  private static IndexedLog.Database database;
  private static ChainQueries chains;

  @TempDir Path path;

  private IndexedLog log;

  @BeforeAll
  static void database() {
    database = IndexedLog.Database.create("audit_chains");
    chains = database.chains();
  }

  @BeforeEach
  void open() {
    log = IndexedLog.in(path, database);
  }

  @AfterEach
  void close() throws IOException {
    log.close();
  }

  @Test
  void marksACauseThatIsNotLoggedUntilItIs() {
    log.accept(at("a", "child", "parent", 5), at("a", "grandchild", "child", 6));
    assertThat(chain("a", 10))
        .extracting(event -> event.record().eventId() + " " + event.missingParent())
        .containsExactly("child true", "grandchild false");

    log.accept(at("a", "parent", "api-call", 9));

    assertThat(chain("a", 10))
        .extracting(event -> event.record().eventId() + " " + event.missingParent())
        .containsExactly("parent false", "child false", "grandchild false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-create-1", "chain", "elsewhere"})
  void takesNeitherCallsNorEventsOfOtherChainsForMissing(String cause) {
    log.accept(
        at("other", "elsewhere", "api-x", 1),
        log.event("chain", "child", "task.created", cause, time(2), "{}"));

    assertThat(chain("chain", 1).getFirst().missingParent()).isFalse();
  }

  @Test
  void marksNoRowThatHasLostItsCauseSinceTheOrderWasRead() {
    log.accept(at("a", "child", "parent", 5));
    ChainOrder order = chains.order("a", share());

    database.jdbc().update("update audit.records set causation_id = null where event_id = 'child'");

    assertThat(chains.records(order, 0).read(null, 10, 10_000).rows())
        .extracting(event -> event.record().eventId() + " " + event.missingParent())
        .containsExactly("child false");
  }

  @Test
  void pagesThroughAChainOfTenThousandEventsInTheOrderOfCauses() {
    int events = 10_000;
    List<ReceivedRecord> records = new ArrayList<>();
    // Every event comes before its cause, and has an earlier time.
    for (int i = events - 1; i >= 0; i--) {
      String time = "2025-01-15T1%d:%02d:00Z".formatted(i % 10, i % 60);
      records.add(
          log.event(
              "long", "e" + i, "task.created", i == 0 ? "api-1" : "e" + (i - 1) / 3, time, "{}"));
    }
    log.accept(records.toArray(ReceivedRecord[]::new));

    List<ChainRecord> found = new ArrayList<>();
    int from = 0;
    ChainOrder order = chains.order("long", share());
    RowStream<ChainRecord> page;
    do {
      page = RowStream.first(share(), chains.records(order, from), 777, Long.MAX_VALUE);
      page.forEachRemaining(found::add);
      from = page.hasMore() ? order.place(order.cursor(page.last().place() + 1)) : events;
    } while (page.hasMore());

    assertThat(found).hasSize(events);
    List<@Nullable String> ids = new ArrayList<>();
    found.forEach(each -> ids.add(each.record().eventId()));
    assertThat(ids).doesNotHaveDuplicates().startsWith("e0");
    for (int at = 1; at < events; at += 97) {
      assertThat(ids.indexOf(found.get(at).record().causationId())).isBetween(0, at - 1);
    }
    List<@Nullable String> exported = new ArrayList<>();
    RowStream.all(share(), chains.records(order, 0))
        .forEachRemaining(event -> exported.add(event.record().eventId()));
    assertThat(exported).isEqualTo(ids);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "zzzzzz", "not a cursor"})
  void refusesACursorThatIsNotOfTheChain(String cursor) {
    log.accept(at("a", "a1", null, 1));

    ChainOrder order = chains.order("a", share());

    assertThatIllegalArgumentException().isThrownBy(() -> order.place(cursor));
  }

  @Test
  void readsAPartOfLargeEventsAtATimeAndOneThatIsLargerByItself() {
    String large = "{\"filling\":\"" + "x".repeat(1_000) + "\"}";
    log.accept(
        log.event("wide", "w1", "task.created", "w0", time(1), large),
        log.event("wide", "w0", "task.created", null, time(2), large),
        log.event("wide", "w2", "task.created", "w0", time(3), large));
    ChainOrder order = chains.order("wide", share());
    RowStream.Reader<ChainRecord> all = chains.records(order, 0);

    Part<ChainRecord> none = all.read(null, 10, 1_500);
    Part<ChainRecord> first = all.read(null, 10, none.needed());
    Part<ChainRecord> others = all.read(null, 10, 10_000);

    assertThat(none.rows()).isEmpty();
    assertThat(none.needed()).isBetween(1_500L, 3_000L);
    assertThat(ids(first)).containsExactly("w0");
    assertThat(first.more()).isTrue();
    assertThat(first.bytes()).isEqualTo(none.needed());
    assertThat(ids(others)).containsExactly("w1", "w2");
    assertThat(others.more()).isFalse();
    assertThat(others.rows().getLast().record().data()).isEqualTo(large);
  }

  private static List<@Nullable String> ids(Part<ChainRecord> part) {
    List<@Nullable String> ids = new ArrayList<>();
    part.rows().forEach(each -> ids.add(each.record().eventId()));
    return ids;
  }

  private static Share share() {
    return AnswerRoom.ofTheHeap().share();
  }

  private static List<ChainRecord> chain(String id, int atMost) {
    ChainOrder order = chains.order(id, share());
    return chains.records(order, 0).read(null, atMost, AnswerRoom.PART).rows();
  }

  private ReceivedRecord at(String chain, String id, @Nullable String cause, int second) {
    return log.event(chain, id, "task.created", cause, time(second), "{}");
  }

  private static String time(int second) {
    return "2025-01-15T10:00:%02dZ".formatted(second);
  }
}
