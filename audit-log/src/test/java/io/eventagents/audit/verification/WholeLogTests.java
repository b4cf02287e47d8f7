package io.eventagents.audit.verification;

import static io.eventagents.audit.Records.record;
import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.SECOND_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.log.CompressedWriter;
import io.eventagents.audit.log.GapReason;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log has to have, and what it may. */
class WholeLogTests {

  @TempDir Path path;

  /** A crash between the making of a day's file and its first line. */
  @Test
  void takesADaysFileWithoutALineForNoChange() throws Exception {
    EvidentLog log = new EvidentLog(path).append(EvidentLog.event(0));
    log.clock.tick(Duration.ofDays(1));
    Files.createFile(path.resolve(EvidentLog.SECOND_DAY));

    log.append();
    assertThat(log.verify().isGood()).isTrue();
    log.append(EvidentLog.event(1));

    assertThat(log.verify().isGood()).isTrue();
  }

  @Test
  void whateverIsLoggedIsUnchangedAndComplete() throws Exception {
    RecordHeaders headers = Records.headers("a", ",\"event\":", "b", "\",\"raw\":\"", "c", "\\");
    headers.add("binary", new byte[] {-1});
    headers.add("none", null);
    EvidentLog log =
        new EvidentLog(path)
            .append(
                record(0, "{}"),
                record(1, "no json"),
                record(2, (byte[]) null),
                record(3, new byte[0]),
                record(4, "{\n \"a\" : 1\r\n}"),
                record(5, "\uFEFF{\"a\":1}"),
                record(6, new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}),
                record(
                    7,
                    " {\"a\":\t\"\u00e9\uD83D\uDE00\\u0000\\ud800\",\"payload_digest\":{\"x\":1},\"a\":2} "),
                record(8, "{\"event_id\":{\"a\":[1]},\"metadata\":[{\"causation_id\":1}]}"),
                record(9, "{\"event_id\":1,\"metadata\":{\"causation_id\":{\"a\":{}}}}"),
                record(10, "{\"a\":" + "[".repeat(249) + "]".repeat(249) + "}"),
                record(11, "{\"a\":" + "[".repeat(250) + "]".repeat(250) + "}"),
                record(12, "{\"a\":\"" + "x".repeat(1 << 20) + "\"}"),
                record(Records.TASK_EVENTS, 13, utf8("\"\\\n"), utf8("{}"), headers),
                record(Records.TASK_EVENTS, 14, new byte[] {-1}, utf8("{}"), new RecordHeaders()));

    VerificationResult result = log.verify();

    assertThat(result.unchanged()).isEqualTo(new Verdict(true, 0, List.of()));
    assertThat(result.complete()).isEqualTo(new Verdict(true, 0, List.of()));
  }

  @ParameterizedTest
  @EnumSource(GapReason.class)
  void gapsAreToldAndOnlySomeAreLegitimate(GapReason because) throws Exception {
    EvidentLog log =
        new EvidentLog(path)
            .reasons(gaps -> gaps.stream().collect(Collectors.toMap(gap -> gap, gap -> because)))
            .append(EvidentLog.event(2), EvidentLog.event(3), EvidentLog.event(7));

    VerificationResult result = log.verify();

    assertThat(result.unchanged().holds()).isTrue();
    assertThat(result.complete().holds()).isEqualTo(because.isLegitimate());
    assertThat(result.complete().deviations()).isEqualTo(because.isLegitimate() ? 0 : 2);
    assertThat(result.gaps()).containsExactly(new GapCount(because.text(), 2, 5));
  }

  @Test
  void aTopicThatWasMadeAgainStartsAnew() throws Exception {
    Uuid again = Uuid.randomUuid();
    EvidentLog log =
        new EvidentLog(path)
            .append(
                EvidentLog.event(0),
                EvidentLog.event(1),
                record(again, 0, null, utf8("{}"), new RecordHeaders()),
                EvidentLog.event(2),
                record(again, 1, null, utf8("{}"), new RecordHeaders()));

    VerificationResult result = log.verify();

    assertThat(result.isGood()).isTrue();
    assertThat(result.notes())
        .contains(
            "The topic task-events was made again: its ids are [%s, %s]"
                .formatted(Records.TASK_EVENTS, again));
  }

  @Test
  void causesThatAreNotLoggedAreNoted() throws Exception {
    UUID there = new UUID(7, 1);
    UUID late = new UUID(7, 2);
    UUID missing = new UUID(7, 3);
    EvidentLog log =
        new EvidentLog(path)
            .append(
                caused(0, there, "api-create-1"),
                caused(1, new UUID(8, 1), there.toString()),
                caused(2, new UUID(8, 2), late.toString()),
                caused(3, new UUID(8, 3), missing.toString()),
                caused(4, late, there.toString()));

    VerificationResult result = log.verify();

    assertThat(result.isGood()).isTrue();
    assertThat(result.danglingCauses()).isEqualTo(1);
    assertThat(result.notes())
        .contains(
            "Events whose cause is not in the log: 1, such as [%s at %s line 4]"
                .formatted(missing, FIRST_DAY))
        .contains("Events whose cause is no event, such as the call that began a chain: 1");
  }

  @Test
  void causesWhoseIdOnlyTheHeadersOrARawPayloadSayAreFound() throws Exception {
    UUID inHeader = new UUID(9, 1);
    UUID behindMark = new UUID(9, 2);
    UUID broken = new UUID(9, 3);
    EvidentLog log =
        new EvidentLog(path)
            .append(
                record(
                    Records.TASK_EVENTS,
                    0,
                    null,
                    utf8("{\"data\":{}}"),
                    Records.headers("event_id", inHeader.toString())),
                record(1, "\uFEFF{\"event_id\":\"%s\"}".formatted(behindMark)),
                record(2, "{\"event_id\":\"%s\",\"data\":".formatted(broken)),
                caused(3, new UUID(8, 1), inHeader.toString()),
                caused(4, new UUID(8, 2), behindMark.toString()),
                caused(5, new UUID(8, 3), broken.toString()));

    assertThat(log.verify().danglingCauses()).isZero();
  }

  @Test
  void causesAreFoundHoweverManyIdsThereAre() throws Exception {
    try (Causes causes = new Causes(1000, path)) {
      for (int i = 0; i < 70_000; i++) {
        causes.event(new UUID(i, i).toString());
      }
      for (int i = 0; i < 1000; i++) {
        causes.cause(new UUID(i, i).toString(), "file", i);
      }
      causes.cause(new UUID(-1, 1).toString(), "file", 7);
      causes.compare();

      assertThat(causes.count()).isEqualTo(1);
      assertThat(causes.first())
          .containsExactly(new Causes.Dangling("file", 7, new UUID(-1, 1).toString()));
    }
  }

  @Test
  void compressedFilesAreVerifiedAsTheyWere() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    compress(log, FIRST_DAY);
    compress(log, SECOND_DAY);

    VerificationResult result = log.verify(path.resolve("audit-2025-01-15.checkpoints"));

    assertThat(result.isGood()).isTrue();
    assertThat(result.extent().lines()).isEqualTo(9);
    assertThat(result.signed().checkpoints()).isEqualTo(3);
    assertThat(result.notes()).contains("Checkpoints that were kept elsewhere and fit the log: 1");
  }

  @Test
  void aDamagedCompressedFileIsAChangedOne() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    compress(log, SECOND_DAY);
    Path file = path.resolve(SECOND_DAY + ".zst");
    byte[] bytes = Files.readAllBytes(file);
    bytes[40] ^= 1;
    Files.write(file, bytes);

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.holds()).isFalse();
    assertThat(unchanged.first().getFirst().file()).isEqualTo(SECOND_DAY);
    assertThat(unchanged.first().getFirst().found()).contains("is damaged in the frame at byte 0");
  }

  @Test
  void aCompressedFileThatWasCutShortIsAChangedOne() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    compress(log, SECOND_DAY);
    Path file = path.resolve(SECOND_DAY + ".zst");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.first().getFirst().file()).isEqualTo(SECOND_DAY);
    assertThat(unchanged.first().getFirst().found()).contains("was cut short");
  }

  @Test
  void whatACompressionThatWasInterruptedLeftIsNoChange() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    byte[] text = Files.readAllBytes(path.resolve(SECOND_DAY));
    compress(log, SECOND_DAY);
    Files.write(path.resolve(SECOND_DAY), text);

    VerificationResult result = log.verify();

    assertThat(result.isGood()).isTrue();
    assertThat(result.extent().lines()).isEqualTo(9);
    assertThat(result.notes())
        .anySatisfy(
            note ->
                assertThat(note)
                    .startsWith(
                        SECOND_DAY + ".zst is there too, with the text of " + SECOND_DAY + ","));
  }

  @ParameterizedTest
  @ValueSource(strings = {"one byte", "shorter", "longer"})
  void aCompressedFileThatSaysSomethingElseThanTheFileBesideItIsFound(String how) throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    byte[] text = Files.readAllBytes(path.resolve(SECOND_DAY));
    byte[] other = Arrays.copyOf(text, text.length + (how.equals("longer") ? 1 : 0));
    other[300] ^= (byte) (how.equals("one byte") ? 1 : 0);
    other = how.equals("shorter") ? Arrays.copyOf(other, 300) : other;
    Files.write(path.resolve(SECOND_DAY), other);
    compress(log, SECOND_DAY);
    Files.write(path.resolve(SECOND_DAY), text);

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.first())
        .containsExactly(
            new Deviation(
                SECOND_DAY + ".zst",
                0,
                how.equals("longer") ? text.length : 300,
                "the same text as in %s, which is there too and was read".formatted(SECOND_DAY),
                "another from there on"));
  }

  @Test
  void aDamagedCompressedFileBesideTheWholeOneIsFound() throws Exception {
    EvidentLog log = EvidentLog.ofThreeDays(path);
    byte[] text = Files.readAllBytes(path.resolve(SECOND_DAY));
    Files.writeString(path.resolve(SECOND_DAY + ".zst"), "rubbish");

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.deviations()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().file()).isEqualTo(SECOND_DAY + ".zst");
    assertThat(path.resolve(SECOND_DAY)).hasBinaryContent(text);
  }

  private static void compress(EvidentLog log, String file) throws Exception {
    byte[] text = Files.readAllBytes(log.path.resolve(file));
    try (FileChannel channel =
            FileChannel.open(
                log.path.resolve(file + ".zst"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        CompressedWriter writer = new CompressedWriter(channel)) {
      writer.write(text, 0, text.length);
      writer.finish();
    }
    Files.delete(log.path.resolve(file));
  }

  private static ReceivedRecord caused(long offset, UUID id, String cause) {
    return Records.event(offset, id.toString(), "a.done", cause, "2025-01-15T12:00:00Z");
  }
}
