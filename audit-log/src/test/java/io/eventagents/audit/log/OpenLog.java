package io.eventagents.audit.log;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** A log that is open, as the agent has it. */
record OpenLog(LogDirectory directory, AuditLog log) implements AutoCloseable {

  static OpenLog in(Path path, Clock clock) {
    return in(path, clock, FileOpener.DISK);
  }

  static OpenLog in(Path path, Clock clock, FileOpener opener) {
    LogDirectory directory = LogDirectory.open(path);
    return new OpenLog(
        directory,
        AuditLog.open(
            directory, clock, LogMeter.NONE, GapReasons.UNTOLD, LogWitness.NONE, null, opener));
  }

  void accept(ReceivedRecord... records) {
    log.accept(Records.batch(records));
  }

  /** The process ends, with nothing put in order. */
  void crash() throws IOException {
    directory.close();
  }

  @Override
  public void close() throws IOException {
    log.close();
    directory.close();
  }

  static List<String> lines(Path path, String file) throws IOException {
    return Files.readAllLines(path.resolve(file));
  }
}
