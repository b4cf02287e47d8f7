package io.eventagents.audit.verification;

import static io.eventagents.audit.verification.EvidentLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.LogName;
import io.eventagents.audit.proof.SigningKeyUnusable;
import io.eventagents.audit.proof.SigningKeys;
import io.eventagents.audit.proof.VerificationKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class KeyRotationTests {

  @TempDir Path temporary;

  private EvidentLog log;
  private Path first;
  private VerificationKey firstKey;

  @BeforeEach
  void signedByAFirstKey() throws Exception {
    log = new EvidentLog(temporary.resolve("log")).append(event(0));
    first = temporary.resolve("first.pem");
    Files.move(log.path.resolve("signing-key.pem"), first);
    firstKey = key();
  }

  @Test
  void aKeyIsMadeThatOnlyItsOwnerReads(CapturedOutput output) throws Exception {
    new EvidentLog(temporary.resolve("fresh")).append(event(0));

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(
                    temporary.resolve("fresh").resolve("signing-key.pem"))))
        .isEqualTo("rw-------");
    assertThat(output).containsOnlyOnce("is beside the log, in " + temporary.resolve("fresh"));
  }

  @Test
  void whoPinnedTheFirstKeyIsLedToTheNext() throws Exception {
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, first).append(event(1));
    VerificationKey second = key();
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, null).append(event(2));

    assertThat(second).isNotEqualTo(firstKey);
    assertThat(key()).isEqualTo(second);
    for (@Nullable VerificationKey pinned : Arrays.asList(firstKey, second, null)) {
      VerificationResult result = log.verify(pinned);
      assertThat(result.isGood()).isTrue();
      assertThat(result.signed().checkpoints()).isEqualTo(3);
      assertThat(result.signed().keys()).isEqualTo(2);
    }
  }

  @Test
  void aKeyThatWasFollowedSignsNoMore() throws Exception {
    Path formerPublic = temporary.resolve("former.pub");
    Files.copy(log.path.resolve(SigningKeys.PUBLIC), formerPublic);
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, first).append(event(1));
    log.clock.tick(Duration.ofDays(1));
    // Somebody who has the former key goes on with it.
    Files.delete(log.path.resolve(SigningKeys.PUBLIC));
    Files.copy(formerPublic, log.path.resolve(SigningKeys.PUBLIC));
    log.signedBy(first, null).append(event(2));

    Verdict unchanged = log.verify(firstKey).unchanged();

    assertThat(unchanged.holds()).isFalse();
    assertThat(unchanged.first())
        .extracting(Deviation::file)
        .containsExactly(
            CheckpointFiles.of("audit-2025-01-16.jsonl"),
            CheckpointFiles.of("audit-2025-01-17.jsonl"));
    assertThat(unchanged.first())
        .extracting(Deviation::found)
        .allSatisfy(found -> assertThat(found).contains("which another followed at 2025-01-16"));
  }

  @Test
  void aStolenFormerKeyLeadsToNoOtherKeyThanItsSuccessor() throws Exception {
    Path stolen = Files.createDirectory(temporary.resolve("stolen"));
    try (Stream<Path> files = Files.list(log.path)) {
      for (Path file : files.toList()) {
        Files.copy(file, stolen.resolve(file.getFileName()));
      }
    }
    EvidentLog forged = new EvidentLog(stolen);
    forged.clock.tick(Duration.ofDays(1));
    forged.signedBy(null, first).append(event(1));
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, first).append(event(1));
    Path keys = log.path.resolve(CheckpointFiles.KEYS);
    String real = Files.readString(keys);
    String other = Files.readString(stolen.resolve(CheckpointFiles.KEYS));

    for (String both : List.of(real + other, other + real)) {
      Files.writeString(keys, both);
      Verdict unchanged = log.verify(key()).unchanged();

      assertThat(unchanged.holds()).isFalse();
      assertThat(unchanged.first().getFirst().file()).isEqualTo(CheckpointFiles.KEYS);
    }
  }

  @Test
  void aStolenFormerKeyVouchesForNoKeyBeyondItsOwnEnd() throws Exception {
    Path stolen = Files.createDirectory(temporary.resolve("stolen"));
    Files.copy(log.path.resolve("log.id"), stolen.resolve("log.id"));
    EvidentLog forged = new EvidentLog(stolen);
    forged.clock.tick(Duration.ofDays(5));
    forged.append(event(0));
    Path other = temporary.resolve("other.pem");
    Files.move(stolen.resolve("signing-key.pem"), other);
    forged.clock.tick(Duration.ofDays(1));
    forged.signedBy(first, other).append(event(1));
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, first).append(event(1));
    Path keys = log.path.resolve(CheckpointFiles.KEYS);
    Files.writeString(
        keys, Files.readString(keys) + Files.readString(stolen.resolve(CheckpointFiles.KEYS)));

    Verdict unchanged =
        log.verify(key(), stolen.resolve(CheckpointFiles.of("audit-2025-01-20.jsonl"))).unchanged();

    assertThat(unchanged.first())
        .extracting(Deviation::found)
        .anySatisfy(found -> assertThat(found).contains("which another followed at 2025-01-16"));
  }

  @Test
  void aSuccessionThatTheFormerKeyDidNotSignLeadsNowhere() throws Exception {
    log.clock.tick(Duration.ofDays(1));
    log.signedBy(null, first).append(event(1));
    Path keys = log.path.resolve(CheckpointFiles.KEYS);
    Files.writeString(keys, Files.readString(keys).replace("time 2025-01-16", "time 2025-01-15"));

    Verdict unchanged = log.verify(firstKey).unchanged();

    assertThat(unchanged.holds()).isFalse();
    assertThat(unchanged.first().getFirst().file()).isEqualTo(CheckpointFiles.KEYS);
  }

  @Test
  void anotherKeyThanBeforeStopsTheStart() throws Exception {
    assertThatExceptionOfType(SigningKeyUnusable.class)
        .isThrownBy(() -> log.append(event(1)))
        .withMessageContaining("The key that signed the checkpoints so far, " + firstKey.id())
        .satisfies(e -> assertThat(e.action()).contains("audit.checkpoints.former-signing-key"));

    new EvidentLog(temporary.resolve("other")).append(event(0));
    Path other = temporary.resolve("other").resolve("signing-key.pem");
    assertThatExceptionOfType(SigningKeyUnusable.class)
        .isThrownBy(() -> log.signedBy(other, null).append(event(1)))
        .withMessageContaining("signed by the key " + firstKey.id() + " so far");
    assertThatExceptionOfType(SigningKeyUnusable.class)
        .isThrownBy(() -> log.signedBy(temporary.resolve("none"), null).append(event(1)))
        .withMessageContaining("is not at " + temporary.resolve("none"))
        .satisfies(e -> assertThat(e.action()).contains("openssl genpkey -algorithm ed25519"));
    assertThatExceptionOfType(SigningKeyUnusable.class)
        .isThrownBy(
            () ->
                log.signedBy(Files.writeString(temporary.resolve("rubbish"), "no key"), null)
                    .append(event(1)))
        .withMessageContaining("expected '-----BEGIN PRIVATE KEY-----'");
  }

  @Test
  void theKeyMayBeAnywhere() throws Exception {
    VerificationResult result = log.signedBy(first, null).append(event(1)).verify(firstKey);

    assertThat(result.isGood()).isTrue();
    assertThat(log.path.resolve("signing-key.pem")).doesNotExist();
  }

  private VerificationKey key() throws Exception {
    return VerificationKey.read(log.path.resolve(SigningKeys.PUBLIC), LogName.of(log.id()));
  }
}
