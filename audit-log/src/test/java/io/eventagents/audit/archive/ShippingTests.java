package io.eventagents.audit.archive;

import static io.eventagents.audit.Records.batch;
import static io.eventagents.audit.Records.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.LogWitness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ShippingTests {

  private static final int SMALLEST_PART = 5 * 1024 * 1024;
  private static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  private static final String SECOND_DAY = "audit-2025-01-16.jsonl";
  private static final String THIRD_DAY = "audit-2025-01-17.jsonl";
  private static final String FOURTH_DAY = "audit-2025-01-18.jsonl";

  private static S3Server server;

  @TempDir Path path;
  @TempDir Path elsewhere;

  private final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
  private LogDirectory directory;
  private AuditLog log;
  private Shipping shipping;

  @BeforeAll
  static void serve() throws Exception {
    server = new S3Server();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void open() {
    directory = LogDirectory.open(path);
    log = AuditLog.open(directory, clock, LogMeter.NONE, GapReasons.UNTOLD, LogWitness.NONE, null);
    shipping =
        new Shipping(
            directory, new S3Bucket(server.location(), directory.id().toString(), SMALLEST_PART));
  }

  @AfterEach
  void close() throws IOException {
    shipping.close();
    log.close();
    directory.close();
  }

  @Test
  void storesCompressedFilesWithTheirCheckpoints() throws Exception {
    logFourDays();
    Files.writeString(path.resolve("audit-2025-01-15.checkpoints"), "a checkpoint");

    archive(null).round();

    for (String file : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)) {
      assertThat(path.resolve(file + ".zst")).hasBinaryContent(object(file + ".zst"));
    }
    assertThat(object("audit-2025-01-15.checkpoints")).asString().isEqualTo("a checkpoint");
    assertThat(server.has(name(FOURTH_DAY))).isFalse();
    assertThat(server.has(name(FOURTH_DAY + ".zst"))).isFalse();
    assertThat(shipping.unshipped()).isZero();
  }

  @Test
  void storesEachOnceAndAgainWhereItChanged() throws Exception {
    logFourDays();
    archive(null).round();
    server.put(name(FIRST_DAY + ".zst"), new byte[] {1});
    reopen();
    archive(null).round();
    assertThat(object(FIRST_DAY + ".zst")).containsExactly(1);
    Files.write(path.resolve(FIRST_DAY + ".zst"), new byte[] {2, 3});
    assertThat(shipping.unshipped()).isEqualTo(1);

    archive(null).round();

    assertThat(object(FIRST_DAY + ".zst")).containsExactly(2, 3);
    assertThat(shipping.unshipped()).isZero();
  }

  @Test
  void storesLargeFilesInParts() throws Exception {
    byte[] large = new byte[2 * SMALLEST_PART + 12_345];
    new Random(1).nextBytes(large);
    Files.write(elsewhere.resolve("large"), large);
    try (S3Bucket bucket = new S3Bucket(server.location(), "a-log", SMALLEST_PART)) {
      TextDigest digest = bucket.put("large", elsewhere.resolve("large"));

      assertThat(digest.size()).isEqualTo(large.length);
      assertThat(server.object("logs/a-log/large")).isEqualTo(large);
      assertThat(bucket.list()).containsOnlyKeys("large").containsValue((long) large.length);
      bucket.get("large", elsewhere.resolve("got"));
      assertThat(elsewhere.resolve("got")).hasBinaryContent(large);
    }
  }

  @Test
  void waitsForAServiceThatIsDownAndSaysSoOnce(CapturedOutput output) throws Exception {
    logFourDays();
    OldFiles archive = archive(Duration.ZERO);
    server.stop();
    try {
      archive.round();
      clock.tick(Duration.ofMinutes(1));
      archive.round();
      assertThat(shipping.unshipped()).isEqualTo(3);
      assertThat(output.toString()).containsOnlyOnce("cannot be shipped (The bucket 'audit'");
      assertThat(path.resolve(FIRST_DAY + ".zst")).exists();
    } finally {
      server.startAgain();
    }
    // The next try is two minutes after the second.
    clock.tick(Duration.ofMinutes(1));
    archive.round();
    assertThat(shipping.unshipped()).isEqualTo(3);

    clock.tick(Duration.ofMinutes(1));
    archive.round();

    assertThat(shipping.unshipped()).isZero();
    assertThat(output).contains("are shipped again");
  }

  @Test
  void goesOnPastAFileThatCanNeverBeShipped(CapturedOutput output) throws Exception {
    logFourDays();
    // Neither can it be compressed to there, nor is it a file.
    Files.createDirectories(path.resolve(FIRST_DAY + ".zst").resolve("in the way"));
    OldFiles archive = archive(null);

    archive.round();
    clock.tick(Duration.ofHours(2));
    archive.round();

    assertThat(object(SECOND_DAY + ".zst")).isNotEmpty();
    assertThat(object(THIRD_DAY + ".zst")).isNotEmpty();
    assertThat(shipping.unshipped()).isEqualTo(1);
    assertThat(output.toString()).containsOnlyOnce(FIRST_DAY + " cannot be shipped (");
    assertThat(output.toString()).containsOnlyOnce(FIRST_DAY + " cannot be compressed");
  }

  @Test
  void saysWhatTheServiceRefuses(CapturedOutput output) throws Exception {
    logFourDays();
    S3Location wrong =
        new S3Location(
            server.location().endpoint(), "us-east-1", "audit", "", "a-key", "another-secret");
    try (Shipping refused = new Shipping(directory, new S3Bucket(wrong, "a-log", SMALLEST_PART))) {
      new OldFiles(directory, Duration.ZERO, null, refused, clock).round();
    }

    assertThat(output).contains("cannot be shipped (The bucket 'audit' could not store: ");
    assertThat(output.toString()).doesNotContain("another-secret");
  }

  @Test
  void removesFilesThatWereKeptLongEnoughAndAreSafe() throws Exception {
    logFourDays();
    List<String> before = lines(path);
    Files.writeString(path.resolve("audit-2025-01-15.checkpoints"), "a checkpoint");
    OldFiles archive = archive(Duration.ofDays(3));
    archive.round();
    assertThat(path.resolve(FIRST_DAY + ".zst")).exists();
    clock.tick(Duration.ofDays(1));
    archive.round();
    assertThat(path.resolve(FIRST_DAY + ".zst")).doesNotExist();
    assertThat(path.resolve("audit-2025-01-15.checkpoints")).exists();
    assertThat(path.resolve(SECOND_DAY + ".zst")).exists();
    clock.tick(Duration.ofDays(100));

    archive.round();

    // The positions may be of the last but one.
    assertThat(directory.files()).containsExactly(THIRD_DAY, FOURTH_DAY);
    assertThat(shipping.unshipped()).isZero();
    reopen();
    log.accept(batch(record(3, "{}"), record(4, "{}")));
    assertThat(log.nextOffset("task-events", Records.TASK_EVENTS, 0)).hasValue(5);
    download();
    assertThat(lines(elsewhere).subList(0, 4)).isEqualTo(before);
    assertThat(lines(elsewhere)).hasSize(5);
  }

  @Test
  void removesNothingThatTheBucketHasNot(CapturedOutput output) throws Exception {
    logFourDays();
    archive(null).round();
    server.put(name(FIRST_DAY + ".zst"), new byte[] {1});
    clock.tick(Duration.ofDays(100));

    archive(Duration.ofDays(3)).round();

    assertThat(path.resolve(FIRST_DAY + ".zst")).exists();
    assertThat(output).contains("the bucket does not have it as it is: it is kept");
  }

  @Test
  void findsWhatIsInTheBucketAlone() throws Exception {
    logFourDays();
    archive(null).round();
    byte[] shipped = object(FIRST_DAY + ".zst");
    Files.delete(path.resolve(FIRST_DAY + ".zst"));

    assertThat(shipping.names()).containsExactly(FIRST_DAY);
    shipping.fetch(FIRST_DAY, elsewhere.resolve("fetched"));
    assertThat(elsewhere.resolve("fetched")).hasBinaryContent(shipped);
    Files.write(elsewhere.resolve("fetched"), new byte[] {7});
    shipping.replace(FIRST_DAY, elsewhere.resolve("fetched"));
    assertThat(object(FIRST_DAY + ".zst")).containsExactly(7);
    assertThatIOException().isThrownBy(() -> shipping.fetch("audit-2000-01-01.jsonl", elsewhere));
  }

  @Test
  void shipsAgainWhatChangedAndIsInTheBucketHoweverItGotThere() throws Exception {
    logFourDays();
    archive(null).round();
    Files.delete(path.resolve("shipped.json"));
    reopen();
    Files.write(path.resolve(FIRST_DAY + ".zst"), new byte[] {7});

    shipping.shipChanges();

    assertThat(object(FIRST_DAY + ".zst")).containsExactly(7);
  }

  private void logFourDays() {
    for (int day = 0; day < 4; day++) {
      if (day > 0) {
        clock.tick(Duration.ofDays(1));
      }
      log.accept(batch(record(day, "{\"n\":" + day + "}")));
    }
  }

  private OldFiles archive(@Nullable Duration keepLocal) {
    return new OldFiles(directory, Duration.ZERO, keepLocal, shipping, clock);
  }

  private void reopen() throws IOException {
    close();
    open();
  }

  private String name(String file) {
    return "logs/" + directory.id() + "/" + file;
  }

  private byte[] object(String file) throws Exception {
    return server.object(name(file));
  }

  /** As an operator does who wants to verify all of the log. */
  private void download() throws Exception {
    for (String file : directory.files()) {
      LogFiles files = new LogFiles(path);
      Path form = Files.exists(files.plain(file)) ? files.plain(file) : files.compressed(file);
      Files.copy(form, elsewhere.resolve(form.getFileName()));
    }
    for (String file : List.of(FIRST_DAY, SECOND_DAY)) {
      Files.write(elsewhere.resolve(file + ".zst"), object(file + ".zst"));
    }
  }

  private static List<String> lines(Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    LogFiles files = new LogFiles(path);
    for (String file : files.names()) {
      try (LogReader reader = new LogReader(files, new LogPlace(file, 0))) {
        for (LogLine line = reader.next(Long.MAX_VALUE);
            line != null;
            line = reader.next(Long.MAX_VALUE)) {
          lines.add(line.start() + " " + new String(line.text(), StandardCharsets.UTF_8));
        }
      }
    }
    return lines;
  }
}
