package io.eventagents.scheduling.calendar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A program of {@code src/test/calendars}, which reads calendars with a library of another
 * language. If it does not start, because its library is not installed, its tests are skipped,
 * unless its variable is {@code required}: then they fail.
 */
enum CalendarProgram {
  /** Its variable is {@code EVENT_AGENTS_ICALENDAR}. */
  ICALENDAR("read-with-icalendar.py"),
  /** Its variable is {@code EVENT_AGENTS_ICAL_JS}. */
  ICAL_JS("read-with-ical.js");

  private final String file;

  CalendarProgram(String file) {
    this.file = file;
  }

  /** What the program says about an event. */
  record Event(String uid, Instant begin, String summary) {

    private static Event of(String line) {
      String[] columns = line.split("\t", -1);
      return new Event(columns[0], Instant.ofEpochSecond(Long.parseLong(columns[1])), columns[2]);
    }
  }

  void assumeThatItStarts(Path emptyFolder) throws IOException, InterruptedException {
    if (!"required".equals(System.getenv("EVENT_AGENTS_" + name()))) {
      assumeTrue(starts(emptyFolder), () -> "%s misses its library".formatted(file));
    }
  }

  private boolean starts(Path emptyFolder) throws InterruptedException {
    try {
      return builder(emptyFolder)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException noInterpreter) {
      return false;
    }
  }

  /** The events of all files of a folder, in the order of the names of the files. */
  List<Event> read(Path folder) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("calendar-program", ".txt");
    Process program = builder(folder).redirectError(errors.toFile()).start();
    List<Event> events =
        new String(program.getInputStream().readAllBytes(), UTF_8).lines().map(Event::of).toList();

    assertThat(program.waitFor()).as(() -> text(errors)).isZero();
    Files.delete(errors);
    return events;
  }

  private ProcessBuilder builder(Path folder) {
    return new ProcessBuilder(
        Path.of("src/test/calendars", file).toAbsolutePath().toString(), folder.toString());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
