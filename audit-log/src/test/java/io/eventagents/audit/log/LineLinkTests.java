package io.eventagents.audit.log;

import static io.eventagents.audit.Records.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.TickingClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLinkTests {

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";

  @TempDir Path path;

  private OpenLog open;

  @BeforeEach
  void twoDays() {
    TickingClock clock = new TickingClock("2025-01-15T23:59:59Z");
    open = OpenLog.in(path, clock);
    open.accept(record(0, "{\"a\":1}"), record(1, "not json"), record(3, "{\"b\":2}"));
    clock.tick(Duration.ofDays(1));
    open.accept(record(4, "{\"c\":3}"), record(5, "{}"));
  }

  @AfterEach
  void close() throws Exception {
    open.close();
  }

  @Test
  void holdsForEachLineAlsoOverFilesAndGaps() throws Exception {
    LineLink link = new LineLink(open.directory());

    List<LogLine> lines = lines();
    assertThat(lines).hasSize(5).anyMatch(line -> text(line).contains(",\"gap\":{"));
    for (LogLine line : lines) {
      assertThat(link.holds(line.start(), line.text())).as(text(line)).isTrue();
    }
  }

  @Test
  void doesNotHoldWhereTheHeadWasChanged() throws Exception {
    LogLine line = lines().get(1);
    byte[] changed =
        text(line).replace("\"offset\":1,", "\"offset\":2,").getBytes(StandardCharsets.UTF_8);

    assertThat(new LineLink(open.directory()).holds(line.start(), changed)).isFalse();
  }

  @Test
  void doesNotHoldWhereTheGapWasChanged() throws Exception {
    LogLine line = lines().get(2);
    byte[] changed =
        text(line).replace("\"unknown\"", "\"compaction\"").getBytes(StandardCharsets.UTF_8);

    assertThat(changed).isNotEqualTo(line.text());
    assertThat(new LineLink(open.directory()).holds(line.start(), changed)).isFalse();
  }

  @Test
  void doesNotHoldBehindALineThatIsGone() throws Exception {
    List<LogLine> lines = lines();
    LogLine first = lines.get(0);
    LogLine second = lines.get(1);
    byte[] all = Files.readAllBytes(path.resolve(FIRST_DAY));
    Files.write(
        path.resolve(FIRST_DAY), Arrays.copyOfRange(all, first.text().length + 1, all.length));

    assertThat(new LineLink(open.directory()).holds(first.start(), second.text())).isFalse();
  }

  private List<LogLine> lines() throws Exception {
    List<LogLine> lines = new ArrayList<>();
    for (String file : open.directory().files()) {
      try (LogReader reader = new LogReader(open.directory(), new LogPlace(file, 0))) {
        long size = open.directory().size(file);
        for (LogLine line = reader.next(size); line != null; line = reader.next(size)) {
          lines.add(line);
        }
      }
    }
    return lines;
  }

  private static String text(LogLine line) {
    return new String(line.text(), StandardCharsets.UTF_8);
  }
}
