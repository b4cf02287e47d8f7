package io.eventagents.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.ReceivedRecord;
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
    assertThat(chains.slice("a", null, 10).events())
        .extracting(event -> event.record().eventId() + " " + event.missingParent())
        .containsExactly("child true", "grandchild false");

    log.accept(at("a", "parent", "api-call", 9));

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
