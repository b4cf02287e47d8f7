package io.eventagents.audit.console;

import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.ErasedLine;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.LogWitness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of an event says about its line, by how the line was altered. */
class LineCheckTests {

  private static final String FILE = "audit-2025-01-15.jsonl";
  private static final int AS_IT_CAME = 0;
  private static final int PRETTY = 1;
  private static final int BYTES = 2;
  private static final int NOTHING = 3;
  private static final int ERASED = 5;

  @TempDir Path path;

  private LogDirectory directory;
  private AuditLog log;

  @BeforeEach
  void someLines() throws Exception {
    directory = LogDirectory.open(path);
    log =
        AuditLog.open(
            directory,
            new TickingClock("2025-01-15T12:00:00Z"),
            LogMeter.NONE,
            GapReasons.UNTOLD,
            LogWitness.NONE,
            null);
    log.accept(
        Records.batch(
            record(0, "{\"event_id\":\"e-0\",\"data\":{\"name\":\"kim\"}}"),
            record(1, "{\n  \"event_id\": \"e-1\"\n}"),
            record(2, new byte[] {(byte) 0xd7, 0x6d, (byte) 0xf8}), // 1234 in Base64
            record(3, (byte[]) null),
            record(7, "{\"event_id\":\"e-7\"}"), // behind a gap
            record(8, "{\"event_id\":\"e-8\"}")));
    write(ERASED, ErasedLine.of(utf8(lines().get(ERASED)), "0123456789abcdefghijkl"));
  }

  @AfterEach
  void close() throws Exception {
    log.close();
    directory.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {AS_IT_CAME, PRETTY, BYTES, NOTHING, 4})
  void saysThatALineIsUnchanged(int line) throws Exception {
    assertThat(check(line)).isEqualTo("unchanged");
  }

  @Test
  void saysThatALineIsErased() throws Exception {
    assertThat(check(ERASED)).isEqualTo("erased");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "0; 2025-01-15T12:; 2025-01-15T13:",
        "0; 2025-01-15T12:; 2025-01-15T1x:",
        "0; logged_at; logged_in",
        "0; task-events; mask-events",
        "0; \"topic\"; \"topix\"",
        "0; 3yS8NRRaSb2uYbWlqLzj1g; 3yS8NRRaSb2uYbWlqLzj1A",
        "0; 3yS8NRRaSb2uYbWlqLzj1g; 3yS8NRRaSb2uYbWlqLzj1h",
        "0; 3yS8NRRaSb2uYbWlqLzj1g; 3yS8NRRaSb2uYbWlqLzj1!",
        "0; \"partition\":0; \"partition\":1",
        "0; \"offset\":0; \"offset\":1",
        "0; \"offset\":0; \"offset\":x",
        "0; \"timestamp\":1; \"timestamp\":2",
        "0; task-123; task-124",
        "0; \"headers\":[]; \"headers\":{}",
        "0; \"headers\":[]; \"headerz\":[]",
        "0; kim; kit",
        "0; \"data\":{; \"data\":[",
        "0; \"event\":{; \"event\": {",
        "0; \"event\":{; \"evens\":{",
        "0; }},\"payload_digest\"; }} ,\"payload_digest\"",
        "0; \"payload_digest\"; \"payload_digesx\"",
        "0; \"salt\":\"; \"salt\":\"0",
        "0; \"salt\"; \"sals\"",
        "0; \"sha256\":\"; \"sha256\":\"0",
        "0; \"sha256\"; \"sha257\"",
        "0; \"chain\":\"; \"chain\":\"0",
        "0; \"chain\"; \"chais\"",
        "0; {\"v\"; [\"v\"",
        "1; \"bytes\":\"; \"bytes\":\"A",
        "1; \"bytes\"; \"bytez\"",
        "2; 1234; 1235",
        "2; \"1234\"; 1234",
        "2; \"1234\"; \"12#4\"",
        "2; \"1234\"; null",
        "3; null; \"AA==\"",
        "4; \"unknown\"; \"unknowx\"",
        "5; \"sha256\":\"; \"sha256\":\"0",
        "5; \"chain\":\"; \"chain\":\"0",
        "5; \"offset\":8; \"offset\":9"
      })
  void saysThatALineWasChanged(int line, String from, String to) throws Exception {
    String text = lines().get(line);
    assertThat(text).contains(from);
    String altered = text.replace(from, to);
    FoundRecord found = found(line);
    write(line, utf8(altered));

    assertThat(kind(found)).as(altered).isEqualTo("changed");
  }

  @Test
  void checksThePayloadByItsBytes() throws Exception {
    FoundRecord found = found(PRETTY);
    write(PRETTY, utf8(lines().get(PRETTY).replace("\"e-1\"", "\"e-2\"")));

    assertThat(kind(found)).isEqualTo("unchanged");
  }

  @Test
  void saysThatALineIsNoLongerALine() throws Exception {
    FoundRecord found = found(AS_IT_CAME);
    write(AS_IT_CAME, utf8("x".repeat(lines().getFirst().length())));

    assertThat(kind(found)).isEqualTo("changed");
  }

  @Test
  void saysThatTheLineBeforeWasChanged() throws Exception {
    write(
        AS_IT_CAME, utf8(lines().getFirst().replaceFirst("\"chain\":\"....", "\"chain\":\"0000")));

    assertThat(check(PRETTY)).isEqualTo("changed");
  }

  @Test
  void saysThatAnotherRecordStandsThere() throws Exception {
    FoundRecord here = found(AS_IT_CAME);
    FoundRecord there = found(PRETTY);

    assertThat(kind(at(here, there.position(), there.length()))).isEqualTo("changed");
  }

  @Test
  void saysThatThereIsNoLine() throws Exception {
    FoundRecord found = found(ERASED);

    assertThat(kind(at(found, found.position() + found.length() + 1, 10))).isEqualTo("unread");
    Files.move(path.resolve(FILE), path.resolve("elsewhere"));
    assertThat(kind(found)).isEqualTo("unread");
  }

  private String check(int line) throws Exception {
    return kind(found(line));
  }

  private String kind(FoundRecord record) {
    return new LineCheck(directory).check(record).kind();
  }

  private List<String> lines() throws Exception {
    return new ArrayList<>(Files.readAllLines(path.resolve(FILE), StandardCharsets.UTF_8));
  }

  private void write(int line, byte[] text) throws Exception {
    List<String> lines = lines();
    lines.set(line, new String(text, StandardCharsets.UTF_8));
    Files.writeString(path.resolve(FILE), String.join("\n", lines) + "\n");
  }

  /** What the index has of a line. */
  private FoundRecord found(int line) throws Exception {
    List<String> lines = lines();
    long position = lines.subList(0, line).stream().mapToLong(text -> text.length() + 1).sum();
    String offset = lines.get(line).replaceFirst(".*?\"offset\":(\\d+).*", "$1");
    return found(Long.parseLong(offset), position, lines.get(line).length());
  }

  private static FoundRecord at(FoundRecord record, long position, int length) {
    return found(record.offset(), position, length);
  }

  private static FoundRecord found(long offset, long position, int length) {
    UUID topic =
        new UUID(
            Records.TASK_EVENTS.getMostSignificantBits(),
            Records.TASK_EVENTS.getLeastSignificantBits());
    return new FoundRecord(
        topic,
        "task-events",
        0,
        offset,
        1,
        FILE,
        position,
        length,
        Instant.EPOCH,
        null,
        null,
        "[]",
        "event",
        null,
        null,
        null,
        null,
        null,
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        1);
  }
}
