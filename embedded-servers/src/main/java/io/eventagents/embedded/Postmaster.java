package io.eventagents.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server process of a data directory, as its {@code postmaster.pid} names it: the one that a
 * killed JVM left behind.
 */
record Postmaster(ProcessHandle process) {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgreSql.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The running server of this data directory; empty if there is none. */
  static Optional<Postmaster> of(Path dataDirectory) {
    Path file = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
      return lines.isEmpty()
          ? Optional.empty()
          : ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
              .filter(Postmaster::isPostgreSql)
              .map(Postmaster::new);
    } catch (NumberFormatException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }

  // The number may belong to another program by now, for example after a restart of the machine.
  private static boolean isPostgreSql(ProcessHandle process) {
    return process.isAlive()
        && process
            .info()
            .command()
            .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
            .orElse(false);
  }

  /**
   * Ends it as {@code pg_ctl stop -m fast} does: clients are cut off, what is committed is kept.
   */
  void stop() {
    log.info("Stopping the PostgreSQL server {} that an earlier process left", process.pid());
    try {
      // SIGINT is the fast shutdown; Java itself sends SIGTERM only, which waits for the clients.
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
          .redirectErrorStream(true)
          .start()
          .waitFor();
      awaitEnd();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not stop the PostgreSQL server " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL stopped", e);
    }
  }

  /** Ends it and the processes that serve its clients at once; returns when they are gone. */
  void kill() {
    // The server first: otherwise it would restart processes that it sees die.
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process), process.descendants().toList().stream()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(killed -> killed.onExit().join());
  }

  private void awaitEnd() throws InterruptedException {
    try {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      log.warn("The PostgreSQL server {} does not stop and is killed", process.pid());
      process.destroyForcibly();
      process.onExit().join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Could not wait for PostgreSQL to stop", e);
    }
  }
}
