package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.OddRecords;
import io.eventagents.audit.Records;
import io.eventagents.audit.log.ChainForger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs of what strangers send, and lines that have another form than the log's. */
class OddLogTests {

  @TempDir Path path;

  @Test
  void isUnchangedWhateverStrangersSend() throws Exception {
    EvidentLog log = new EvidentLog(path);
    log.append(OddRecords.records(0).toArray(ReceivedRecord[]::new));
    log.clock.tick(Duration.ofDays(1));
    log.append();

    VerificationResult result = log.verify();

    assertThat(result.unchanged().first()).isEmpty();
    assertThat(result.complete().first()).isEmpty();
  }

  @Test
  void isUnchangedThoughEarlierVersionsWroteHalfPairsAsEvents() throws Exception {
    EvidentLog log = copyOf("half-pairs-as-events");

    VerificationResult result = log.verify();

    assertThat(log.lines(FIRST_DAY).getFirst()).contains("\"event\":", "\\ud800");
    assertThat(result.unchanged().first()).isEmpty();
    assertThat(result.signed().checkpoints()).isEqualTo(2);
    assertThat(result.complete().first()).isEmpty();
  }

  @Test
  void findsHalfPairsThatWereChangedInSuchALog() throws Exception {
    EvidentLog log = copyOf("half-pairs-as-events");
    log.edit(FIRST_DAY, 1, line -> line.replace("\\ud800", "\\ud801"));
    log.edit(FIRST_DAY, 3, line -> line.replace("\\ud83d", "\\ud83e"));

    assertThat(log.verify().unchanged().first())
        .extracting(Deviation::line)
        .containsExactly(1L, 3L);
  }

  /** What they caused is not said to have no cause. */
  @ParameterizedTest
  @ValueSource(strings = {"\"\\ud800\"", "DEEP"})
  void eventsThatStandAsBytesAreCausesToo(String data) throws Exception {
    UUID cause = new UUID(7, 1);
    EvidentLog log =
        new EvidentLog(path)
            .append(
                Records.record(
                    0,
                    "{\"event_id\":\"%s\",\"data\":%s}"
                        .formatted(cause, data.replace("DEEP", "[".repeat(300) + "]".repeat(300)))),
                Records.event(1, new UUID(7, 2).toString(), "a.done", cause.toString(), ""));

    VerificationResult result = log.verify();

    assertThat(result.isGood()).isTrue();
    assertThat(result.danglingCauses()).isZero();
  }

  /** Whoever forges them makes digest and chain anew, and leaves no checkpoint. */
  @ParameterizedTest
  @MethodSource("otherForms")
  void findsAnotherFormOfALine(String what, String with) throws Exception {
    EvidentLog log = new EvidentLog(path);
    log.append(OddRecords.records(0).toArray(ReceivedRecord[]::new));
    List<String> lines = log.lines(FIRST_DAY);
    int first =
        lines.indexOf(lines.stream().filter(line -> line.contains(what)).findFirst().orElseThrow());
    lines.set(first, lines.get(first).replace(what, with));
    log.write(FIRST_DAY, ChainForger.rebuilt(log.id(), lines));
    Files.delete(path.resolve("audit-2025-01-15.checkpoints"));

    assertThat(log.verify().unchanged().first()).extracting(Deviation::line).startsWith(first + 1L);
  }

  static Stream<Arguments> otherForms() {
    return Stream.of(
        Arguments.of("\"partition\":0,", "\"partition\":00,"),
        Arguments.of("\"partition\":0,", "\"partition\":4294967296,"),
        Arguments.of("\"offset\":7,", "\"offset\":07,"),
        Arguments.of("\"offset\":7,", "\"offset\": 7,"),
        Arguments.of("\"timestamp\":1736951422456,", "\"timestamp\":01736951422456,"),
        Arguments.of("\"timestamp\":1736951422456,", "\"timestamp\":1736951422456.0,"),
        Arguments.of("T12:00:00.000000Z\",\"topic", "T12:00:00.00000xZ\",\"topic"),
        Arguments.of("T12:00:00.000000Z\",\"topic", " 12:00:00.000000Z\",\"topic"),
        Arguments.of("T12:00:00.000000Z\",\"topic", "T24:00:00.000000Z\",\"topic"),
        Arguments.of("\"logged_at\":\"2025-01-15", "\"logged_at\":\"2025-02-29"),
        Arguments.of(
            "\"2025-01-15T12:00:00.000000Z\",\"topic", "\"0000-00-00T00:00:00.000000Z\",\"topic"),
        Arguments.of("\"timestamp\":0,", "\"timestamp\":-0,"),
        Arguments.of("\"timestamp\":-2,", "\"timestamp\":-02,"),
        Arguments.of("\"timestamp\":-9223372036854775808,", "\"timestamp\":-9223372036854775809,"),
        Arguments.of("\"timestamp\":9223372036854775807,", "\"timestamp\":9223372036854775808,"),
        Arguments.of("\"topic_id\":\"3yS8", "\"topic_id\":\"yS8"),
        Arguments.of("\"topic_id\":\"3yS8", "\"topic_id\":\"3y+8"),
        Arguments.of("Lzj1g\"", "Lzj1h\""),
        Arguments.of("\"key\":\"task-123\"", "\"key\":\"t\\u0061sk-123\""),
        Arguments.of("\"key\":\"task-123\"", "\"key\":{\"base64\":\"dGFzay0xMjM=\"}"),
        Arguments.of("\"key\":\"task-123\"", "\"key\":7"),
        Arguments.of("\"key\":\"task-123\"", "\"key\": \"task-123\""),
        Arguments.of("\"headers\":[]", "\"headers\":[ ]"),
        Arguments.of("\"headers\":[]", "\"headers\":null"),
        Arguments.of("\"headers\":[]", "\"headers\":[[\"a\"]]"),
        Arguments.of("\"headers\":[]", "\"headers\":[[\"a\",\"b\"],]"),
        Arguments.of("\"headers\":[]", "\"headers\":[],\"x\":1"),
        Arguments.of("{\"base64\":\"//4A\"}", "{\"base64\":\"//4A\" }"),
        Arguments.of("{\"base64\":\"ww==\"}", "{\"base64\":\"wx==\"}"),
        Arguments.of("{\"base64\":\"ww==\"}", "{\"base64\":\"ww\"}"),
        Arguments.of("\\u001f", "\\u001F"),
        Arguments.of("\\u0008", "\\b"),
        Arguments.of("\\r\\t", "\\u000d\\t"),
        Arguments.of("\\\\/", "\\\\\\/"));
  }

  /** Payload and digest are as they were. */
  @Test
  void findsAPayloadThatIsNoTextPutAsAnEvent() throws Exception {
    EvidentLog log = new EvidentLog(path);
    byte[] latin = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    log.append(Records.record(0, latin));
    Path file = path.resolve(FIRST_DAY);
    String line = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file,
        line.replaceFirst("\"raw\":\"[^\"]*\"", "\"event\":{\"a\":\"\u00e9\"}"),
        StandardCharsets.ISO_8859_1);
    Files.delete(path.resolve("audit-2025-01-15.checkpoints"));

    assertThat(log.verify().unchanged().holds()).isFalse();
  }

  @Test
  void findsAGapOfNothing() throws Exception {
    EvidentLog log = new EvidentLog(path).append(EvidentLog.event(0), EvidentLog.event(1));
    List<String> lines = log.lines(FIRST_DAY);
    lines.set(
        1,
        lines
            .get(1)
            .replace(
                ",\"chain\"",
                ",\"gap\":{\"from\":1,\"to\":0,\"because\":\"transactions\"},\"chain\""));
    log.write(FIRST_DAY, ChainForger.rebuilt(log.id(), lines));
    Files.delete(path.resolve("audit-2025-01-15.checkpoints"));

    VerificationResult result = log.verify();

    assertThat(result.unchanged().first()).isEmpty();
    assertThat(result.complete().first())
        .extracting(Deviation::expected)
        .containsExactly("no gap before offset 1 of task-events-0");
  }

  private EvidentLog copyOf(String log) throws IOException {
    Path resources =
        Path.of(Objects.requireNonNull(OddLogTests.class.getResource("/logs/" + log)).getPath());
    try (Stream<Path> files = Files.list(resources)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, path.resolve(file.getFileName()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return new EvidentLog(path);
  }
}
