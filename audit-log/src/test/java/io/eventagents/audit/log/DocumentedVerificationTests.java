package io.eventagents.audit.log;

import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.Records.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.OddRecords;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.proof.Checkpoints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of docs/audit-log.md over lines of the log. */
class DocumentedVerificationTests {

  private static final Path DOCUMENT = Path.of("..", "docs", "audit-log.md");

  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";

  @TempDir Path path;

  private Path directory;

  @BeforeEach
  void log() throws Exception {
    assumeTrue(run("command -v jq openssl sha256sum").size() == 3, "jq, openssl and sha256sum");
    RecordHeaders headers = Records.headers("h", ",\"event\":{},\"payload_digest\":", "\"", "\\");
    headers.add("binary", new byte[] {-1});
    directory = path.resolve("log");
    TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
    try (LogDirectory held = LogDirectory.open(directory);
        AuditLog log =
            AuditLog.open(
                held,
                clock,
                LogMeter.NONE,
                gaps ->
                    gaps.stream()
                        .collect(Collectors.toMap(gap -> gap, gap -> GapReason.TRANSACTIONS)),
                Checkpoints.open(held, null, null, null, clock),
                null)) {
      log.accept(
          Records.batch(
              record(0, wire("task.created.json")),
              record(1, new String(wire("order.placed.json"), StandardCharsets.UTF_8).strip()),
              record(2, wire("not-json.txt")),
              record(4, (byte[]) null)));
      clock.tick(Duration.ofDays(1));
      log.accept(
          Records.batch(
              record(5, new byte[] {0, -1, '\n'}),
              record(6, "{ \"a\": 1.10, \"b\": \"\\u0000é😀,\\\"payload_digest\\\":\" } "),
              record(Records.TASK_EVENTS, 9, utf8(",\"event\":"), utf8("{\"a\":1}"), headers)));
    }
  }

  @Test
  void findsEveryLineUnchangedAndEveryCheckpointFitting() throws Exception {
    assertThat(verify())
        .containsExactly(
            FIRST_DAY + " line 1: unchanged",
            FIRST_DAY + " line 2: unchanged",
            FIRST_DAY + " line 3: unchanged",
            FIRST_DAY + " line 4: unchanged",
            SECOND_DAY + " line 1: unchanged",
            SECOND_DAY + " line 2: unchanged",
            SECOND_DAY + " line 3: unchanged",
            "audit-2025-01-15.checkpoints: fits 4 lines",
            "audit-2025-01-16.checkpoints: fits 7 lines");
  }

  @Test
  void findsPayloadsThatWereChanged() throws Exception {
    edit(SECOND_DAY, "1.10", "1.1");
    edit(FIRST_DAY, "\"quantity\": 2", "\"quantity\": 3");

    assertThat(deviations())
        .containsExactly(FIRST_DAY + " line 2: CHANGED", SECOND_DAY + " line 2: CHANGED");
  }

  @Test
  void findsHeadsAndGapsThatWereChanged() throws Exception {
    edit(FIRST_DAY, "\"offset\":1", "\"offset\":0");
    edit(SECOND_DAY, "transactions", "compaction");

    assertThat(deviations())
        .containsExactly(
            FIRST_DAY + " line 2: unchanged, CHAIN BROKEN",
            SECOND_DAY + " line 3: unchanged, CHAIN BROKEN");
  }

  @Test
  void findsALineThatWasRemoved() throws Exception {
    Path file = directory.resolve(FIRST_DAY);
    List<String> lines = Files.readAllLines(file);
    lines.remove(1);
    Files.write(file, lines);

    assertThat(deviations())
        .containsExactly(
            FIRST_DAY + " line 2: unchanged, CHAIN BROKEN",
            "audit-2025-01-15.checkpoints: DOES NOT FIT 4 lines",
            "audit-2025-01-16.checkpoints: DOES NOT FIT 7 lines");
  }

  @Test
  void findsAForgedCheckpoint() throws Exception {
    edit("audit-2025-01-15.checkpoints", "T12:00:00Z", "T12:00:01Z");

    assertThat(deviations()).containsExactly("audit-2025-01-15.checkpoints: FORGED");
  }

  @Test
  void findsNothingInWhateverStrangersSend() throws Exception {
    directory = path.resolve("odd");
    List<ReceivedRecord> records = OddRecords.records(0);
    write(records.toArray(ReceivedRecord[]::new));

    assertThat(verify()).hasSize(records.size() + 1);
    assertThat(deviations()).isEmpty();
  }

  @Test
  void writesNothingThatKeepsReadersFromTheLinesBehind() throws Exception {
    directory = path.resolve("odd");
    List<ReceivedRecord> records = OddRecords.records(0);
    write(records.toArray(ReceivedRecord[]::new));

    // Of objects jq 1.6 takes half as many levels as of arrays, which the documentation says.
    assertThat(run("grep -v '{\"\":{\"\":{' '" + directory.resolve(FIRST_DAY) + "' | jq .offset"))
        .hasSize(records.size() - 1)
        .isSubsetOf(LongStream.range(0, records.size()).mapToObj(Long::toString).toList());
  }

  @Test
  void findsNothingWhereEarlierVersionsWroteHalfPairsAsEvents() throws Exception {
    directory = resource("/logs/half-pairs-as-events");

    assertThat(verify()).hasSize(10);
    assertThat(deviations()).isEmpty();
  }

  @Test
  void tellsErasedLinesFromAlteredOnes() throws Exception {
    directory = path.resolve("erased");
    write(record(0, "{\"a\":1}"), record(1, "{\"a\":2}"), record(2, "no json"));
    List<String> lines = new ArrayList<>(Files.readAllLines(directory.resolve(FIRST_DAY)));
    lines.replaceAll(
        line -> line.contains("\"offset\":1,") ? line : ChainForger.erased(line, "e-1"));
    Files.write(directory.resolve(FIRST_DAY), lines);
    List<String> chains = ExpectedChain.stated(lines);

    assertThat(deviations()).containsExactly("erasure e-1: NOT PROVEN");
    write(
        record(
            "erasure-events",
            0,
            utf8(
                "{\"event_type\":\"erasure.completed\",\"data\":{\"erasure_id\":\"e-1\",\"records\":2,\"lines_sha256\":\"%s\"}}"
                    .formatted(sha256(chains.get(0) + "\n" + chains.get(2) + "\n")))));

    assertThat(verify())
        .startsWith(
            FIRST_DAY + " line 1: erased",
            FIRST_DAY + " line 2: unchanged",
            FIRST_DAY + " line 3: erased",
            FIRST_DAY + " line 4: unchanged")
        .endsWith("erasure e-1: fits its event");
  }

  @Test
  void findsALineOfAnotherForm() throws Exception {
    edit(FIRST_DAY, "},\"chain\"", "} , \"chain\"");

    assertThat(deviations()).first().isEqualTo(FIRST_DAY + " line 1: NO LINE OF THE LOG");
  }

  /** An agent logs these. */
  private void write(ReceivedRecord... records) throws IOException {
    TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
    try (LogDirectory held = LogDirectory.open(directory);
        AuditLog log =
            AuditLog.open(
                held,
                clock,
                LogMeter.NONE,
                GapReasons.UNTOLD,
                Checkpoints.open(held, null, null, null, clock),
                null)) {
      log.accept(Records.batch(records));
    }
  }

  private static Path resource(String name) {
    return Path.of(
        Objects.requireNonNull(DocumentedVerificationTests.class.getResource(name)).getPath());
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8(text)));
  }

  private void edit(String file, String what, String with) throws IOException {
    String text = Files.readString(directory.resolve(file));
    assertThat(text).contains(what);
    Files.writeString(directory.resolve(file), text.replaceFirst(Pattern.quote(what), with));
  }

  private List<String> deviations() throws Exception {
    return verify().stream()
        .filter(
            line ->
                !line.endsWith(": unchanged")
                    && !line.endsWith(": erased")
                    && !line.contains(": fits "))
        .toList();
  }

  private List<String> verify() throws Exception {
    String text = Files.readString(DOCUMENT);
    int start = text.indexOf("```bash\n", text.indexOf("<!-- verify -->")) + "```bash\n".length();
    Path script = path.resolve("verify.sh");
    Files.writeString(script, text.substring(start, text.indexOf("```", start)));
    return run("cd '" + directory + "' && bash '" + script + "'");
  }

  private List<String> run(String command) throws IOException, InterruptedException {
    Path output = path.resolve("output");
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    return Files.readAllLines(output);
  }
}
