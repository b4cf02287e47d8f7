package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.log.ChainForger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines whose payload was erased are told from lines that were altered. */
class ErasedLinesTests {

  private static final Uuid ERASURES = Uuid.randomUuid();

  @TempDir Path path;

  private final String erasure = Uuid.randomUuid().toString();
  private EvidentLog log;

  @BeforeEach
  void someLines() throws Exception {
    log = new EvidentLog(path).append(event(0), event(1), event(2), event(3));
  }

  @Test
  void areProvenByTheEventThatTheErasureWasCompleted() throws Exception {
    String digest = erase(2, 4);
    log.append(completed(0, 2, digest));

    VerificationResult result = log.verify();

    assertThat(result.isGood()).isTrue();
    assertThat(result.erasedLines()).isEqualTo(2);
    assertThat(result.signed().checkpoints()).isEqualTo(2);
  }

  @Test
  void areAlteredWhereNoEventSaysSo() throws Exception {
    erase(2, 4);

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.deviations()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().line()).isEqualTo(2);
    assertThat(unchanged.first().getFirst().found())
        .isEqualTo("a payload that is gone and no such event, on 2 lines");
  }

  @Test
  void areAlteredWhereTheErasureWasOnlyRequested() throws Exception {
    erase(2);
    log.append(ofErasures(0, "erasure.requested", "\"erasure_id\":\"" + erasure + "\""));

    assertThat(log.verify().unchanged().first().getFirst().found())
        .contains("an erasure that was not completed yet");
  }

  @Test
  void areAlteredWhereMoreWereErasedThanTheEventSays() throws Exception {
    String digest = erase(2);
    log.append(completed(0, 1, digest));
    log.edit(FIRST_DAY, 4, line -> ChainForger.erased(line, erasure));

    Verdict unchanged = log.verify().unchanged();

    assertThat(unchanged.deviations()).isEqualTo(1);
    assertThat(unchanged.first().getFirst().expected())
        .startsWith("1 lines erased by erasure '" + erasure + "'");
  }

  @Test
  void areAlteredWhereOthersWereErasedThanTheEventSays() throws Exception {
    String digest = erase(2);
    log.append(completed(0, 1, digest));
    String whole = log.lines(FIRST_DAY).get(2);
    log.edit(FIRST_DAY, 3, line -> ChainForger.erased(line, erasure));
    assertThat(log.lines(FIRST_DAY).get(2)).hasSameSizeAs(whole);

    assertThat(log.verify().unchanged().holds()).isFalse();
  }

  @Test
  void areMissedWhereTheirPayloadIsThereAgain() throws Exception {
    List<String> before = log.lines(FIRST_DAY);
    String digest = erase(2);
    log.append(completed(0, 1, digest));
    log.edit(FIRST_DAY, 2, line -> before.get(1));

    assertThat(log.verify().unchanged().first().getFirst().found())
        .isEqualTo("none: what was erased is there again");
  }

  @Test
  void ofAnotherLogAreNotMissed() throws Exception {
    log.append(
        ofErasures(
            0,
            "erasure.completed",
            "\"erasure_id\":\"%s\",\"records\":2,\"lines_sha256\":\"\",\"log_id\":\"other\""
                .formatted(erasure)));

    assertThat(log.verify().isGood()).isTrue();
  }

  @Test
  void keepTheirPlaceInTheChain() throws Exception {
    String digest = erase(2);
    log.append(completed(0, 1, digest));
    log.edit(FIRST_DAY, 2, line -> line.replace("\"offset\":1", "\"offset\":7"));

    assertThat(log.verify().unchanged().first())
        .anySatisfy(
            deviation -> {
              assertThat(deviation.line()).isEqualTo(2);
              assertThat(deviation.expected()).startsWith("the chain ");
            });
  }

  /** Erases lines, counted from 1; returns the digest that the event has to have. */
  private String erase(int... numbers) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    for (int number : numbers) {
      int before = log.lines(FIRST_DAY).get(number - 1).length();
      log.edit(FIRST_DAY, number, line -> ChainForger.erased(line, erasure));
      String line = log.lines(FIRST_DAY).get(number - 1);
      assertThat(line).hasSize(before);
      String chain = line.substring(line.length() - 66, line.length() - 2) + "\n";
      sha256.update(chain.getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private ReceivedRecord completed(long offset, int records, String digest) throws IOException {
    return ofErasures(
        offset,
        "erasure.completed",
        "\"erasure_id\":\"%s\",\"records\":%d,\"files\":1,\"lines_sha256\":\"%s\",\"log_id\":\"%s\""
            .formatted(erasure, records, digest, log.id()));
  }

  @SuppressWarnings("NullAway") // Kafka's records may have no key.
  private static ReceivedRecord ofErasures(long offset, String type, String data) {
    byte[] value =
        Records.utf8(
            """
            {"event_id":"e-%d","event_type":"%s","occurred_at":"2025-01-15T12:00:00Z","data":{%s}}"""
                .formatted(offset, type, data));
    return new ReceivedRecord(
        new ConsumerRecord<>(
            "erasure-events",
            0,
            offset,
            Records.TIMESTAMP,
            TimestampType.CREATE_TIME,
            -1,
            -1,
            null,
            value,
            new RecordHeaders(),
            Optional.empty()),
        ERASURES);
  }
}
