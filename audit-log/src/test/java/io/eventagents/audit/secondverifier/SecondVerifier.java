package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Verifies the directory of an audit log, offline, as the page "The audit log" says what has to
 * hold. It was written from that page alone, as a second opinion. Compressed files have to be
 * unpacked first: the JDK does not read zstd.
 */
public final class SecondVerifier {

  private static final String NAME = "event-agents/audit-log/";
  private static final int SHOWN = 20;

  /**
   * The two verdicts (section "Verifying").
   *
   * @param told whether there is a verdict at all; if not, the only finding says why (exit code 2)
   * @param unchanged whether none of the rules is violated
   * @param complete whether no record is missing between those that are there, but for gaps that
   *     are accounted for
   * @param findings what violates the rules: file, line in the file, byte of the file, what was
   *     expected and found
   * @param holes what makes the log incomplete
   * @param gaps the gaps that are accounted for, with the reason of each
   * @param notes what is neither
   * @param summary which log that is, and how much of it there was
   * @param signed what is said of the checkpoints
   * @param deviationCount how many findings there are, also if not all of them are listed
   * @param breaks lines that were signed and are in no file, as was stated
   * @param holeCount how many holes there are, also if not all of them are listed
   */
  public record Result(
      boolean told,
      boolean unchanged,
      boolean complete,
      List<String> findings,
      List<String> holes,
      List<String> gaps,
      List<String> notes,
      String summary,
      String signed,
      long deviationCount,
      long holeCount,
      List<String> breaks) {

    /**
     * 0 unchanged and complete; 1 not; 2 that could not be told; 3 it is, but for breaks that were
     * stated.
     */
    public int exitCode() {
      int good = breaks.isEmpty() ? 0 : 3;
      return !told ? 2 : unchanged && complete ? good : 1;
    }
  }

  private final Findings findings = new Findings();

  private SecondVerifier() {}

  /**
   * Verifies a log; never throws, whatever is in it.
   *
   * @param directory the directory of the log
   * @param trustedKeys pinned keys, as {@code signing-key.pub} or PEM have them; the key beside the
   *     log if there is none
   * @param keptCheckpoints files with signed notes that were kept elsewhere
   * @return the verdicts, and what they are based on
   */
  public static Result verify(
      Path directory, List<String> trustedKeys, List<Path> keptCheckpoints) {
    try {
      return new SecondVerifier().run(directory, trustedKeys, keptCheckpoints);
    } catch (CannotTellException e) {
      return cannotTell(e.getMessage());
    } catch (IOException | RuntimeException e) {
      return cannotTell("cannot read the log: " + e);
    } catch (OutOfMemoryError e) {
      return cannotTell(
          "cannot read the log: something in it does not fit the memory, give more with -Xmx");
    }
  }

  private static Result cannotTell(String reason) {
    List<String> findings = List.of(Findings.printable("cannot be told: " + reason));
    return new Result(
        false, false, false, findings, List.of(), List.of(), List.of(), "", "", 0, 0, List.of());
  }

  /** Checkpoints are read before the lines that they are of, since an agent may be writing. */
  private Result run(Path path, List<String> pinned, List<Path> kept)
      throws IOException, CannotTellException {
    LogDirectory directory = new LogDirectory(path);
    String logId = directory.logId();
    String logName = NAME + logId;
    KeyRing keys = new KeyFiles(directory, logName, findings).ring(pinned);
    Breaks breaks = new Breaks(directory, logName, keys, findings);
    breaks.read(LogScan.start(logId));
    CheckpointFiles beside = new CheckpointFiles(directory, logName, keys, breaks, findings);
    beside.read();
    KeptCheckpoints elsewhere = new KeptCheckpoints(logName, keys, breaks, findings);
    elsewhere.read(kept);

    List<LogDirectory.Snapshot> files = directory.snapshots();
    noteCompressed(directory.dayFiles());
    LineIndex index = LineIndex.of(files, wantedLines(beside, elsewhere, breaks));
    beside.compare(index);
    breaks.compare(index, beside.accepted(), beside.superseded());
    String newest = directory.newest().orElse("");
    LogScan scan = new LogScan(logId, breaks, findings);
    scan.scan(files, beside.lastLineOf(newest));
    beside.checkEnds(index, newest, !pinned.isEmpty(), scan.lines());
    elsewhere.compare(index, scan.lines(), beside, newest);
    return result(summary(logId, files, scan), signed(beside, pinned), breaks.named());
  }

  private static Set<Long> wantedLines(
      CheckpointFiles beside, KeptCheckpoints elsewhere, Breaks breaks) {
    Set<Long> wanted = new HashSet<>();
    Stream.of(beside.signed(), beside.superseded(), elsewhere.signed())
        .flatMap(List::stream)
        .map(Checkpoint::lines)
        .forEach(wanted::add);
    breaks.wantedLines().forEach(wanted::add);
    return wanted;
  }

  private void noteCompressed(Collection<LogDirectory.DayFile> files) {
    files.stream()
        .filter(file -> file.compressed() && file.plain())
        .forEach(
            file ->
                findings.note(
                    file.name() + ".zst: it was not compared with the uncompressed file"));
  }

  private static String summary(String logId, List<LogDirectory.Snapshot> files, LogScan scan) {
    String range =
        files.isEmpty()
            ? ""
            : ", " + files.get(0).name() + " to " + files.get(files.size() - 1).name();
    return Findings.printable(
        "Audit log "
            + logId
            + ": "
            + scan.lines()
            + " lines in "
            + files.size()
            + " files, "
            + scan.bytes()
            + " bytes"
            + range);
  }

  private static String signed(CheckpointFiles beside, List<String> pinned) {
    String key =
        pinned.isEmpty() ? "the key beside the log" : "a pinned key or one that it leads to";
    return beside
        .last()
        .map(
            last ->
                beside.signed().size()
                    + " checkpoints, signed by "
                    + key
                    + ", up to line "
                    + last.lines()
                    + " ("
                    + last.file()
                    + ", byte "
                    + last.bytes()
                    + ") at "
                    + last.time())
        .orElse("no checkpoint that fits");
  }

  private Result result(String summary, String signed, List<String> breaks) {
    return new Result(
        true,
        findings.deviationCount() == 0,
        findings.holeCount() == 0,
        findings.deviations(),
        findings.holes(),
        findings.gaps(),
        findings.notes(),
        summary,
        signed,
        findings.deviationCount(),
        findings.holeCount(),
        breaks);
  }

  /**
   * Prints the verdicts and exits as section "Verifying" says.
   *
   * @param args {@code DIR [--checkpoint FILE]... [--key FILE]}
   */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Result result = fromArguments(args);
    if (result.told()) {
      print(result, out);
    } else {
      System.err.println("verify: " + result.findings().get(0));
    }
    System.exit(result.exitCode());
  }

  private static Result fromArguments(String[] args) {
    List<String> directories = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    List<Path> kept = new ArrayList<>();
    try {
      for (int i = 0; i < args.length; i++) {
        boolean option = args[i].startsWith("--") && i + 1 < args.length;
        switch (option ? args[i] : "") {
          case "--key" -> keys.add(Files.readString(LogDirectory.readable(Path.of(args[++i]))));
          case "--checkpoint" -> kept.add(Path.of(args[++i]));
          default -> directories.add(args[i]);
        }
      }
      return directories.size() == 1
          ? verify(Path.of(directories.get(0)), keys, kept)
          : cannotTell("usage: DIR [--checkpoint FILE]... [--key FILE]");
    } catch (IOException | CannotTellException | InvalidPathException e) {
      return cannotTell(e.getMessage());
    }
  }

  private static void print(Result result, PrintStream out) {
    out.println(result.summary());
    out.println();
    out.println(
        "UNCHANGED: "
            + (result.unchanged()
                ? (result.breaks().isEmpty() ? "yes; " : "yes, but for breaks; ")
                : "NO, " + result.deviationCount() + " deviations; ")
            + result.signed());
    result.findings().stream().limit(SHOWN).forEach(finding -> out.println("        " + finding));
    result.breaks().forEach(one -> out.println("  break " + one));
    out.println(
        "COMPLETE:  "
            + (result.complete() ? "yes; " : "NO, " + result.holeCount() + " holes; ")
            + (result.gaps().isEmpty()
                ? "no gaps"
                : "gaps that are accounted for: " + result.gaps().size()));
    result.holes().stream().limit(SHOWN).forEach(hole -> out.println("        " + hole));
    out.println();
    result.notes().forEach(note -> out.println("Note: " + note));
  }
}
