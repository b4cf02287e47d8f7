package io.eventagents.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.ReceivedRecord;
import java.io.IOException;
import java.nio.file.Path;
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
  void listsChainsByTheirFirstEventTheLatestFirst() {
    log.accept(
        at("b", "b1", null, 20),
        at("a", "a1", null, 10),
        at("a", "a2", "a1", 50),
        at("c", "c1", null, 30),
        at("b", "b2", "b1", 40));

    assertThat(chains.page(null, 10))
        .extracting(ChainSummary::correlationId)
        .containsExactly("c", "b", "a");
  }

  @Test
  void pagesThroughChainsThatBeganAtTheSameTime() {
    log.accept(
        IntStream.range(0, 60)
            .mapToObj(i -> at("c" + i % 25, "e" + i, i < 25 ? null : "e" + (i - 25), i / 25))
            .toArray(ReceivedRecord[]::new));

    List<String> ids = new ArrayList<>();
    List<ChainSummary> page = chains.page(null, 10);
    while (!page.isEmpty()) {
      page.forEach(chain -> ids.add(chain.correlationId()));
      page = chains.page(page.getLast().cursor(), 10);
    }

    assertThat(ids).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void countsTheChainsThatCameMeanwhile() {
    log.accept(at("a", "a1", null, 10));
    Cursor first = chains.page(null, 10).getFirst().cursor();
    assertThat(chains.newer(first, 10)).isZero();

    log.accept(at("a", "a2", "a1", 11), at("b", "b1", null, 12), at("c", "c1", null, 13));

    assertThat(chains.newer(first, 10)).isEqualTo(2);
    assertThat(chains.newer(first, 1)).isEqualTo(1);
  }

  @Test
  void sumsAChainUp() {
    log.accept(
        log.event("a", "a2", "payment.taken", "a1", time(30), "{}"),
        log.event("a", "a1", "order.placed", "api-place-1", time(31), "{}"),
        log.event("a", "a1", "order.placed", "api-place-1", time(31), "{}"),
        log.event("a", "a3", "order.completed", "a2", time(59), "{}"));

    ChainSummary chain = chains.summary("a").orElseThrow();

    assertThat(chain.root().eventId()).isEqualTo("a1");
    assertThat(chain.root().entity()).isEqualTo("key-a");
    assertThat(chain.latest().eventType()).isEqualTo("order.completed");
    assertThat(chain.sources()).containsExactly("order-agent", "payment-agent");
    assertThat(chain.events()).isEqualTo(3);
    assertThat(chain.firstAt()).isEqualTo(time(30));
    assertThat(chain.lastAt()).isEqualTo(time(59));
    assertThat(chain.failures()).isEmpty();
    assertThat(chain.missingParents()).isEmpty();
    assertThat(chain.truncated()).isFalse();
    assertThat(chains.summary("unknown")).isEmpty();
  }

  @Test
  void tellsWhatFailedAndIsNotSettled() {
    log.accept(
        at("a", "a1", null, 1),
        log.event("a", "f1", "delivery.failed", "a1", time(2), "{}"),
        log.event("a", "f2", "delivery.failed", "a1", time(3), "{}"),
        log.event("a", "f3", "delivery.failed", "a1", time(3), "{}"),
        log.event("a", "r1", "delivery.replayed", "f1", time(4), "{}"),
        log.event("a", "d2", "delivery.discarded", "f2", time(4), "{}"),
        log.event("b", "b1", "payment.refused", null, time(4), "{}"),
        log.event("b", "b2", "notification.failed", "b1", time(4), "{}"),
        log.event("b", "b3", "payment.failing", "b1", time(4), "{}"));

    assertThat(chains.summary("a").orElseThrow().failures())
        .extracting(ChainSummary.Link::eventId)
        .containsExactly("f3");
    assertThat(chains.summary("b").orElseThrow().failures())
        .extracting(ChainSummary.Link::eventId)
        .containsExactly("b1", "b2");
  }

  @Test
  void marksACauseThatIsNotLoggedUntilItIs() {
    log.accept(at("a", "child", "parent", 5), at("a", "grandchild", "child", 6));
    assertThat(chains.summary("a").orElseThrow().missingParents()).containsExactly("parent");
    assertThat(chains.slice("a", null, 10).events())
        .extracting(event -> event.record().eventId() + " " + event.missingParent())
        .containsExactly("child true", "grandchild false");

    log.accept(at("a", "parent", "api-call", 9));

    assertThat(chains.summary("a").orElseThrow().missingParents()).isEmpty();
    assertThat(chains.slice("a", null, 10).events())
        .extracting(event -> event.record().eventId() + " " + event.missingParent())
        .containsExactly("parent false", "child false", "grandchild false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-create-1", "chain", "elsewhere"})
  void takesNeitherCallsNorEventsOfOtherChainsForMissing(String cause) {
    log.accept(
        at("other", "elsewhere", "api-x", 1),
        log.event("chain", "child", "task.created", cause, time(2), "{}"));

    assertThat(chains.summary("chain").orElseThrow().missingParents()).isEmpty();
    assertThat(chains.slice("chain", null, 1).events().getFirst().missingParent()).isFalse();
  }

  @Test
  void pagesThroughAChainOfTenThousandEventsInTheOrderOfCauses() throws IOException {
    int events = 10_000;
    List<ReceivedRecord> records = new ArrayList<>();
    // Every event before its cause, and with an earlier time.
    for (int i = events - 1; i >= 0; i--) {
      String time = "2025-01-15T1%d:%02d:00Z".formatted(i % 10, i % 60);
      records.add(
          log.event(
              "long", "e" + i, "task.created", i == 0 ? "api-1" : "e" + (i - 1) / 3, time, "{}"));
    }
    log.accept(records.toArray(ReceivedRecord[]::new));

    List<ChainRecord> found = new ArrayList<>();
    String from = null;
    do {
      ChainSlice slice = chains.slice("long", from, 777);
      found.addAll(slice.events());
      from = slice.next();
    } while (from != null);

    assertThat(found).hasSize(events);
    List<@Nullable String> ids = new ArrayList<>();
    found.forEach(each -> ids.add(each.record().eventId()));
    assertThat(ids).doesNotHaveDuplicates().startsWith("e0");
    for (int at = 1; at < events; at += 97) {
      assertThat(ids.indexOf(found.get(at).record().causationId())).isBetween(0, at - 1);
    }
    List<@Nullable String> exported = new ArrayList<>();
    chains.export("long", event -> exported.add(event.record().eventId()));
    assertThat(exported).isEqualTo(ids);
    assertThat(chains.summary("long").orElseThrow().events()).isEqualTo(events);
  }

  @Test
  void countsAChainThatIsTooLongToLookAt() {
    log.accept(
        IntStream.range(0, 10_500)
            .mapToObj(i -> at("huge", "e" + i, i == 0 ? null : "e0", i % 60))
            .toArray(ReceivedRecord[]::new));

    ChainSummary chain = chains.page(null, 1).getFirst();

    assertThat(chain.truncated()).isTrue();
    assertThat(chain.events()).isEqualTo(10_500);
    assertThat(chain.lastAt()).isEqualTo(time(59));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "zzzzzz", "not a cursor"})
  void refusesACursorThatIsNotOfTheChain(String cursor) {
    log.accept(at("a", "a1", null, 1));

    assertThatIllegalArgumentException().isThrownBy(() -> chains.slice("a", cursor, 10));
  }

  private ReceivedRecord at(String chain, String id, @Nullable String cause, int second) {
    return log.event(chain, id, "task.created", cause, time(second), "{}");
  }

  private static String time(int second) {
    return "2025-01-15T10:00:%02dZ".formatted(second);
  }
}
