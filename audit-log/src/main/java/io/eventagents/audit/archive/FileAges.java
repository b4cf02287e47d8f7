package io.eventagents.audit.archive;

import io.eventagents.audit.log.LineReader;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.log.LogLine;
import io.eventagents.audit.log.LogPlace;
import io.eventagents.audit.log.LogReader;
import io.eventagents.audit.log.MalformedLine;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When files ended. That is the end of the day that a file is named after; but where the clock was
 * once far ahead, files are named after days that are long to come, and end when the next begins.
 */
final class FileAges {

  private static final Logger log = LoggerFactory.getLogger(FileAges.class);

  private final LogDirectory directory;

  FileAges(LogDirectory directory) {
    this.directory = directory;
  }

  /**
   * When a file ended that is not the newest; empty if that cannot be told.
   *
   * @throws IOException if the file behind it cannot be read
   */
  Optional<Instant> end(String file, Instant now) throws IOException {
    Optional<Instant> named =
        LogFiles.dayOf(file).map(day -> day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    if (named.isPresent() && !named.get().isAfter(now)) {
      return named;
    }
    Optional<Instant> began = nextBegan(file);
    return began.isPresent() && (named.isEmpty() || began.get().isBefore(named.get()))
        ? began
        : named;
  }

  private Optional<Instant> nextBegan(String file) throws IOException {
    List<String> files = directory.files();
    for (String next : files.subList(files.indexOf(file) + 1, files.size())) {
      try (LogReader reader = new LogReader(directory, new LogPlace(next, 0))) {
        LogLine first = reader.next(directory.size(next));
        if (first != null) {
          return Optional.of(LineReader.read(first.text()).loggedAt());
        }
      } catch (MalformedLine e) {
        log.debug("The first line of {} tells no time; the file behind it began later", next, e);
      }
    }
    return Optional.empty();
  }
}
