package io.eventagents.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The complete lines of the audit log. Each read continues where the last one ended. */
final class AuditLines {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path directory;
  private final Map<Path, Long> read = new HashMap<>();
  private final List<AuditLine> lines = new ArrayList<>();

  AuditLines(Path directory) {
    this.directory = directory;
  }

  List<AuditLine> read() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList()) {
        read(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the audit log in " + directory, e);
    }
    return List.copyOf(lines);
  }

  private void read(Path path) throws IOException {
    long begin = read.getOrDefault(path, 0L);
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] fresh = new byte[(int) Math.max(0, file.length() - begin)];
      file.seek(begin);
      file.readFully(fresh);
      // The last line may be only partly written at this moment.
      int start = 0;
      for (int at = 0; at < fresh.length; at++) {
        if (fresh[at] == '\n') {
          lines.add(AuditLine.of(JSON.readTree(fresh, start, at - start)));
          start = at + 1;
        }
      }
      read.put(path, begin + start);
    }
  }
}
