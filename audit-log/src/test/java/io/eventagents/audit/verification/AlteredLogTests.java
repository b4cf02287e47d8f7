package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.OddRecords;
import io.eventagents.audit.Records;
import io.eventagents.audit.log.ChainForger;
import io.eventagents.audit.log.ExpectedChain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alterations at random, the same ones each time: {@code verify} and the verifier that was written
 * from the documentation have to make the same of each.
 */
class AlteredLogTests {

  private static final long SEED = 20_261_130;
  private static final int ALTERATIONS = 300;
  private static final List<String> ALTERED =
      List.of(
          FIRST_DAY,
          EvidentLog.SECOND_DAY,
          EvidentLog.THIRD_DAY,
          "audit-2025-01-15.checkpoints",
          "audit-2025-01-16.checkpoints",
          "audit-2025-01-17.checkpoints",
          "signing-keys.notes",
          "signing-key.pub");

  @TempDir Path temporary;

  private EvidentLog log;

  /** Three days with odd events, gaps, an erasure and two keys. */
  @BeforeEach
  void aLogOfAllSorts() throws Exception {
    log = new EvidentLog(temporary.resolve("log"));
    log.append(event(0), event(3), Records.record(4, "no json"), Records.record(5, "{\n\"a\":1}"));
    log.append(event(6));
    Path former = temporary.resolve("former.pem");
    Files.move(log.path.resolve("signing-key.pem"), former);
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, former)
        .append(
            OddRecords.records(7).stream()
                .filter(odd -> odd.record().value() == null || odd.record().value().length < 1000)
                .toArray(ReceivedRecord[]::new));
    log.edit(FIRST_DAY, 2, line -> ChainForger.erased(line, "e-1"));
    log.edit(FIRST_DAY, 4, line -> ChainForger.erased(line, "e-1"));
    List<String> chains = ExpectedChain.stated(log.lines(FIRST_DAY));
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, null)
        .append(
            Records.record(
                "erasure-events",
                0,
                Records.utf8(
                    """
                    {"event_type":"erasure.completed","data":{"erasure_id":"e-1","log_id":"%s",\
                    "records":2,"lines_sha256":"%s"}}"""
                        .formatted(
                            log.id(), sha256(chains.get(1) + "\n" + chains.get(3) + "\n")))));
    log.append(event(200), event(201));
  }

  @Test
  void isAsItWasWritten() throws Exception {
    VerificationResult result = log.verify();

    assertThat(result.isGood()).as("%s", result).isTrue();
    assertThat(result.erasedLines()).isEqualTo(2);
    assertThat(result.signed().checkpoints()).isEqualTo(5);
    assertThat(result.signed().keys()).isEqualTo(2);
  }

  @Test
  void aSecondVerifierFindsTheSame() throws Exception {
    Random random = new Random(SEED);
    int found = 0;
    for (int i = 0; i < ALTERATIONS; i++) {
      EvidentLog altered = new EvidentLog(copy(temporary.resolve("altered-" + i)));
      String file = ALTERED.get(random.nextInt(ALTERED.size()));
      byte[] before = Files.readAllBytes(altered.path.resolve(file));
      byte[] after = altered(before, random);
      Files.write(altered.path.resolve(file), after);

      VerificationResult result = altered.verify();

      found += result.unchanged().holds() ? 0 : 1;
    }

    assertThat(found).isGreaterThan(ALTERATIONS * 3 / 4);
  }

  private static byte[] altered(byte[] bytes, Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> replaced(bytes, random.nextInt(bytes.length), random.nextInt(256));
      case 1 ->
          replaced(
              bytes,
              random.nextInt(bytes.length),
              "0123456789abcdef \"\\,{}[]+-=\n".charAt(random.nextInt(27)));
      case 2 -> spliced(bytes, random.nextInt(bytes.length), 1, new byte[0]);
      case 3 ->
          spliced(bytes, random.nextInt(bytes.length), 0, new byte[] {(byte) random.nextInt(128)});
      case 4 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
      default -> lines(bytes, random);
    };
  }

  /** Removes, repeats, moves or swaps lines. */
  private static byte[] lines(byte[] bytes, Random random) {
    List<String> lines =
        new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("(?<=\n)")));
    int one = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.remove(one);
      case 1 -> lines.add(other, lines.get(one));
      case 2 -> lines.add(Math.min(other, lines.size() - 1), lines.remove(one));
      default -> lines.set(one, lines.set(other, lines.get(one)));
    }
    return String.join("", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] replaced(byte[] bytes, int place, int with) {
    byte[] replaced = bytes.clone();
    replaced[place] = (byte) with;
    return replaced;
  }

  private static byte[] spliced(byte[] bytes, int place, int removed, byte[] added) {
    byte[] spliced = new byte[bytes.length - removed + added.length];
    System.arraycopy(bytes, 0, spliced, 0, place);
    System.arraycopy(added, 0, spliced, place, added.length);
    System.arraycopy(
        bytes, place + removed, spliced, place + added.length, bytes.length - place - removed);
    return spliced;
  }

  private Path copy(Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(log.path)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Records.utf8(text)));
  }
}
