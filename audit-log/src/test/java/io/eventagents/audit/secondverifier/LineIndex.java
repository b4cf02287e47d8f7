package io.eventagents.audit.secondverifier;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the lines are that checkpoints are of, and what each file ends with. It looks at the ends
 * of lines only.
 */
final class LineIndex {

  /**
   * Where a line is.
   *
   * @param chain null if it has none
   * @param loggedAt null if it has none
   */
  record Found(String file, long end, String chain, Instant loggedAt) {}

  /**
   * The lines of a file.
   *
   * @param first the number of its first line, counted over all files
   * @param last the number of its last line, first - 1 if it has none
   * @param chained whether a line has a chain
   */
  record FileLines(String name, long first, long last, boolean chained) {

    boolean hasLines() {
      return last >= first;
    }
  }

  private final Map<Long, Found> found = new HashMap<>();
  private final Map<String, FileLines> files = new LinkedHashMap<>();
  private long number;

  /** Looks for the lines with these numbers. */
  static LineIndex of(List<LogDirectory.Snapshot> files, Set<Long> wanted)
      throws IOException, CannotTellException {
    LineIndex index = new LineIndex();
    for (int i = 0; i < files.size(); i++) {
      index.add(files.get(i), wanted, i == files.size() - 1);
    }
    return index;
  }

  Optional<Found> line(long wanted) {
    return Optional.ofNullable(found.get(wanted));
  }

  Map<String, FileLines> files() {
    return files;
  }

  private void add(LogDirectory.Snapshot file, Set<Long> wanted, boolean newest)
      throws IOException, CannotTellException {
    long first = number + 1;
    boolean chained = false;
    try (LineReader reader = LogScan.open(file)) {
      for (LineReader.Line line = LogScan.next(reader, file);
          line != null;
          line = LogScan.next(reader, file)) {
        if (!line.ended() && newest) {
          break;
        }
        number++;
        Optional<String> chain = LogLine.chainOf(line.bytes());
        chained |= chain.isPresent();
        if (line.ended() && wanted.contains(number)) {
          found.put(
              number,
              new Found(
                  file.name(),
                  line.end(),
                  chain.orElse(null),
                  LogLine.loggedAtOf(line.bytes()).orElse(null)));
        }
      }
    }
    files.put(file.name(), new FileLines(file.name(), first, number, chained));
  }
}
