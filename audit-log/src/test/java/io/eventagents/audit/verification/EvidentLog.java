package io.eventagents.audit.verification;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReason;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogMeter;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.proof.VerificationKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A log with its checkpoints, as the agent writes it, and what somebody makes of it. */
public final class EvidentLog {

  static final String FIRST_DAY = "audit-2025-01-15.jsonl";
  static final String SECOND_DAY = "audit-2025-01-16.jsonl";
  public static final String THIRD_DAY = "audit-2025-01-17.jsonl";

  public final Path path;
  public final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");

  private GapReasons reasons =
      gaps -> gaps.stream().collect(Collectors.toMap(gap -> gap, gap -> GapReason.TRANSACTIONS));
  private @Nullable Path signingKey;
  private @Nullable Path formerSigningKey;

  EvidentLog(Path path) {
    this.path = path;
  }

  /** Three days of three lines each, signed at the end of each day. */
  public static EvidentLog ofThreeDays(Path path) throws IOException {
    EvidentLog log = new EvidentLog(path);
    for (int day = 0; day < 3; day++) {
      log.append(event(3L * day), Records.record(3L * day + 1, "no json"), event(3L * day + 2));
      log.clock.tick(Duration.ofDays(1));
    }
    return log;
  }

  static ReceivedRecord event(long offset) {
    return Records.event(
        offset,
        "00000000-0000-4000-8000-%012d".formatted(offset),
        "task.created",
        "api-create-" + offset,
        "2025-01-15T12:00:00Z");
  }

  EvidentLog reasons(GapReasons told) {
    reasons = told;
    return this;
  }

  EvidentLog signedBy(@Nullable Path key, @Nullable Path former) {
    signingKey = key;
    formerSigningKey = former;
    return this;
  }

  /** The agent runs, logs these and stops. */
  EvidentLog append(ReceivedRecord... records) throws IOException {
    try (LogDirectory directory = LogDirectory.open(path)) {
      Checkpoints checkpoints =
          Checkpoints.open(directory, signingKey, formerSigningKey, null, clock);
      try (AuditLog log =
          AuditLog.open(directory, clock, LogMeter.NONE, reasons, checkpoints, null)) {
        if (records.length > 0) {
          log.accept(Records.batch(records));
        }
      }
    }
    return this;
  }

  String id() throws IOException {
    return Files.readString(path.resolve("log.id")).strip();
  }

  public List<String> lines(String file) throws IOException {
    return new ArrayList<>(Files.readAllLines(path.resolve(file)));
  }

  public void write(String file, List<String> lines) throws IOException {
    Files.writeString(
        path.resolve(file), lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  /** Somebody edits a line, which are counted from 1. */
  void edit(String file, int line, UnaryOperator<String> how) throws IOException {
    List<String> lines = lines(file);
    String edited = how.apply(lines.get(line - 1));
    if (edited.equals(lines.get(line - 1))) {
      throw new AssertionError("Nothing was edited in " + edited);
    }
    lines.set(line - 1, edited);
    write(file, lines);
  }

  VerificationResult verify(Path... kept) throws IOException, InterruptedException {
    return verify(null, kept);
  }

  VerificationResult verify(@Nullable VerificationKey pinned, Path... kept)
      throws IOException, InterruptedException {
    VerificationResult result =
        new LogVerifier(path, pinned, List.of(kept), null, null, clock).verify((bytes, of) -> {});
    SecondOpinion.agrees(path, pinned, List.of(kept), result);
    return result;
  }

  /** Where a line starts. */
  long start(String file, int line) throws IOException {
    long start = 0;
    for (String before : lines(file).subList(0, line - 1)) {
      start += before.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    return start;
  }

  /** An operator states a break. */
  public Said stateBreak(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                path.toString(),
                "--by",
                "Jane Doe",
                "--because",
                "The volume was restored from the snapshot of \"Sunday\"",
                "--without-broker"));
    arguments.addAll(List.of(more));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        new StateBreakCommand(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                clock)
            .run(arguments);
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What the command says. */
  public record Said(int exit, String out, String err) {}

  static Said command(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        new VerifyCommand(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new TickingClock("2025-01-20T00:00:00Z"))
            .run(List.of(arguments));
    return new Said(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
