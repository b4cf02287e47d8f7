package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at each line of the log (section "What has to hold", rules 2 to 5). */
final class LogScan {

  /** Longer than any record of Kafka should be; such a line cannot be read. */
  private static final int LONGEST_LINE = 1 << 30;

  /** What is wrong with a line, and at which of its bytes. */
  private record Wrong(int at, int rule, String expected, String found) {}

  private final Findings findings;
  private final Erasures erasures = new Erasures();
  private final Completeness completeness;
  private final String logId;
  private final Breaks breaks;
  private final String start;
  private String chainBefore;

  /** What a line with a chain follows from if it takes in all lines before, which have none. */
  private String seal;

  private Place withoutChain;
  private boolean chained;
  private long number;
  private long bytes;

  LogScan(String logId, Breaks breaks, Findings findings) {
    this.logId = logId;
    this.breaks = breaks;
    this.findings = findings;
    this.completeness = new Completeness(findings);
    this.start = start(logId);
    this.chainBefore = start;
    this.seal = start;
  }

  /** What the first line of a log follows from. */
  static String start(String logId) {
    return Hashes.hex(Hashes.sha256().digest(logId.getBytes(StandardCharsets.UTF_8)));
  }

  static LineReader open(LogDirectory.Snapshot file) throws IOException {
    return new LineReader(file.path(), file.size(), LONGEST_LINE);
  }

  static LineReader.Line next(LineReader reader, LogDirectory.Snapshot file)
      throws IOException, CannotTellException {
    LineReader.Line line = reader.next();
    if (line != null && line.tooLong()) {
      throw new CannotTellException(
          "cannot read " + file.name() + ": the line at byte " + line.start() + " is too long");
    }
    return line;
  }

  /**
   * Looks at all lines; in the newest file, what a crash left may only stand behind the line that
   * is signed.
   */
  void scan(List<LogDirectory.Snapshot> files, long signedLine)
      throws IOException, CannotTellException {
    for (int i = 0; i < files.size(); i++) {
      scanFile(files.get(i), i == files.size() - 1 ? signedLine : Long.MAX_VALUE);
    }
    if (withoutChain != null && !chained) {
      findings.deviation(withoutChain, 4, "a line with a chain, here or later", "none");
    }
    erasures.check(logId, findings);
  }

  /** The number of the last line. */
  long lines() {
    return number;
  }

  long bytes() {
    return bytes;
  }

  private void scanFile(LogDirectory.Snapshot file, long signedLine)
      throws IOException, CannotTellException {
    boolean newest = signedLine != Long.MAX_VALUE;
    long inFile = 0;
    try (LineReader reader = open(file)) {
      for (LineReader.Line line = next(reader, file); line != null; line = next(reader, file)) {
        Place place = new Place(file.name(), ++inFile, line.start());
        if (!line.ended() && newest) {
          findings.note(place + ": a line without LF, that is being written or that a crash left");
          return;
        }
        LogLine parts = LogLine.read(line.bytes());
        List<Wrong> wrong = whatIsWrong(line, parts);
        if (!wrong.isEmpty() && number + 1 > signedLine && Bytes.has(line.bytes(), 0)) {
          findings.note(place + ": from here on, what a crash left (NUL)");
          return;
        }
        number++;
        bytes += line.end() - line.start();
        count(place, parts, wrong);
      }
    }
  }

  private void count(Place place, LogLine parts, List<Wrong> wrong) {
    wrong.forEach(w -> findings.deviation(place.plus(w.at()), w.rule(), w.expected(), w.found()));
    parts
        .head()
        .filter(head -> parts.isFramed())
        .ifPresent(head -> completeness.line(place, head, parts.gap(), parts.chain().isPresent()));
    parts
        .digest()
        .map(Digest::erased)
        .ifPresent(id -> erasures.erasedLine(place, id, parts.chain().orElse("")));
    boolean tellsOfErasure =
        parts.head().filter(head -> head.topic().equals(Completed.TOPIC)).isPresent();
    if (wrong.isEmpty() && tellsOfErasure) {
      parts.event().ifPresent(event -> erasures.event(place, event));
    }
    if (parts.chain().isPresent() || chained) {
      chained = true;
      chainBefore = parts.chain().orElse(null);
    } else {
      withoutChain = withoutChain == null ? place : withoutChain;
      if (parts.problem().isEmpty()) {
        seal = parts.chainAfter(seal).orElse(seal);
      }
    }
  }

  private List<Wrong> whatIsWrong(LineReader.Line line, LogLine parts) {
    List<Wrong> wrong = new ArrayList<>();
    if (!line.ended()) {
      wrong.add(new Wrong(line.bytes().length, 2, "LF", "the end of the file"));
    }
    parts
        .problem()
        .ifPresentOrElse(
            problem ->
                wrong.add(
                    new Wrong(
                        problem.at(), 2, problem.expected(), excerpt(line.bytes(), problem.at()))),
            () -> digestMismatch(parts).ifPresent(wrong::add));
    chainMismatch(parts).ifPresent(wrong::add);
    if (parts.problem().isEmpty()) {
      breaks
          .misstatement(number + 1, parts.head().flatMap(Head::stated))
          .ifPresent(expected -> wrong.add(new Wrong(0, 20, expected, "something else")));
    }
    return wrong;
  }

  private static Optional<Wrong> digestMismatch(LogLine parts) {
    Digest digest = parts.digest().orElseThrow();
    if (digest.erased() != null) {
      return Optional.empty();
    }
    String found = parts.payloadDigest();
    return found.equals(digest.sha256())
        ? Optional.empty()
        : Optional.of(
            new Wrong(0, 3, "a payload with the digest " + digest.sha256(), "one with " + found));
  }

  /** Behind a line without a chain there is nothing to compare with. */
  private Optional<Wrong> chainMismatch(LogLine parts) {
    if (parts.chain().isEmpty()) {
      return chained
          ? Optional.of(new Wrong(0, 4, "a chain", "a line without one"))
          : Optional.empty();
    }
    if (!chained && parts.chainAfter(seal).equals(parts.chain())) {
      return Optional.empty();
    }
    Optional<String> expected =
        chainBefore == null ? Optional.empty() : parts.chainAfter(chainBefore);
    return expected
        .filter(chain -> !chain.equals(parts.chain().get()))
        .map(chain -> new Wrong(0, 4, "the chain " + chain, parts.chain().get()));
  }

  private static String excerpt(byte[] line, int at) {
    int from = Math.min(Math.max(at, 0), line.length);
    String text =
        new String(line, from, Math.min(40, line.length - from), StandardCharsets.ISO_8859_1);
    return text.isEmpty() ? "the end of the line" : text;
  }
}
