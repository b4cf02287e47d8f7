package io.eventagents.local.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A server-prepared statement fails in a transaction once a column is added to its result ("cached
 * plan must not change result type"). A query for all columns would therefore fail in running
 * instances while a newer version migrates their tables.
 */
class StatementTests {

  private static final List<String> MODULES =
      List.of(
          "agent-framework",
          "orchestrator-agent",
          "notification-agent",
          "scheduling-agent",
          "audit-agent");

  /**
   * All columns of an inner query, or in one: the columns of the statement's own result are named.
   */
  private static final Set<String> OF_INNER_QUERIES =
      Set.of(
          "OutboxTable.java: select b.*, (select p.id from %1$s p",
          "ChainOutlines.java: \"select r.* from unnest(:chains) as c (id) cross join lateral (\"",
          "ChainOutlines.java: \"select r.* from unnest(:entities, :since::timestamptz[]) as c (entity, since)\"",
          "ChainOutlines.java: select * from audit.records e",
          "FlowQueries.java: select * from audit.records",
          "PartRows.java: select r.*, sum(r.bytes) over w - r.bytes as bytes_before, lead(r.number) over w is not null as more",
          "RecordQueries.java: select r.*, row_number() over (order by r.number) = 1 as first,\"\"\"",
          "FollowUpStore.java: select * from (",
          "FollowUpStore.java: select *, bytes <= :bytes as fits from (",
          "FollowUpStore.java: select *, row_number() over w as place, lead(event_id) over w is not null as more,",
          "FollowUpStore.java: select * from orchestrator.followers where cause_id = c.id");

  @Test
  void queriesNameTheirColumns() throws IOException {
    assertThat(lines(line -> asksForAll(line.toLowerCase(Locale.ROOT))))
        .as("name the columns, or list the statement here if its own result has named columns")
        .containsExactlyInAnyOrderElementsOf(OF_INNER_QUERIES);
  }

  @Test
  void statementsAreInLowerCase() throws IOException {
    assertThat(lines(StatementTests::isInUpperCase)).isEmpty();
  }

  private static boolean isInUpperCase(String line) {
    return !line.strip().startsWith("*")
        && Stream.of("SELECT ", "INSERT INTO ", "DELETE FROM ", "WHERE ", "ORDER BY ")
            .anyMatch(
                words -> {
                  int next = line.indexOf(words) + words.length();
                  return next >= words.length()
                      && next < line.length()
                      && Character.isLetterOrDigit(line.charAt(next));
                });
  }

  private static Set<String> lines(Predicate<String> wanted) throws IOException {
    Set<String> found = new TreeSet<>();
    for (String module : MODULES) {
      for (Path source : sources(Path.of("..", module, "src", "main", "java"))) {
        for (String line : Files.readAllLines(source)) {
          if (wanted.test(line)) {
            found.add(source.getFileName() + ": " + line.strip());
          }
        }
      }
    }
    return found;
  }

  private static boolean asksForAll(String line) {
    for (String words : List.of("select ", "returning ")) {
      int begin = line.indexOf(words);
      if (begin >= 0) {
        String first = line.substring(begin + words.length()).strip();
        int end = 0;
        while (end < first.length()
            && (Character.isJavaIdentifierPart(first.charAt(end)) || first.charAt(end) == '.')) {
          end++;
        }
        boolean isQualified = end == 0 || first.charAt(end - 1) == '.';
        if (isQualified && end < first.length() && first.charAt(end) == '*') {
          return true;
        }
      }
    }
    return false;
  }

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
