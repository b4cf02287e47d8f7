package io.eventagents.audit.index;

import static org.assertj.core.api.Assertions.assertThat;

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

class ChainOutlinesTests {

  private static IndexedLog.Database database;
  private static ChainOutlines chains;

  @TempDir Path path;

  private IndexedLog log;

  @BeforeAll
  static void database() {
    database = IndexedLog.Database.create("audit_outlines");
    chains = database.outlines();
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

    assertThat(chains.newestChains(null, 10))
        .extracting(OutlinedEvent::correlationId)
        .containsExactly("c", "b", "a");
  }

  @Test
  void pagesThroughChainsThatBeganAtTheSameTime() {
    log.accept(
        IntStream.range(0, 60)
            .mapToObj(i -> at("c" + i % 25, "e" + i, i < 25 ? null : "e" + (i - 25), i / 25))
            .toArray(ReceivedRecord[]::new));

    List<@Nullable String> ids = new ArrayList<>();
    List<OutlinedEvent> page = chains.newestChains(null, 10);
    while (!page.isEmpty()) {
      page.forEach(chain -> ids.add(chain.correlationId()));
      page = chains.newestChains(page.getLast().cursor(), 10);
    }

    assertThat(ids).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void countsTheChainsThatCameMeanwhile() {
    log.accept(at("a", "a1", null, 10));
    Cursor first = chains.newestChains(null, 10).getFirst().cursor();
    assertThat(chains.newer(first, 10)).isZero();

    log.accept(at("a", "a2", "a1", 11), at("b", "b1", null, 12), at("c", "c1", null, 13));

    assertThat(chains.newer(first, 10)).isEqualTo(2);
    assertThat(chains.newer(first, 1)).isEqualTo(1);
  }

  private ReceivedRecord at(String chain, String id, @Nullable String cause, int second) {
    return log.event(chain, id, "task.created", cause, time(second), "{}");
  }

  private static String time(int second) {
    return "2025-01-15T10:00:%02dZ".formatted(second);
  }
}
