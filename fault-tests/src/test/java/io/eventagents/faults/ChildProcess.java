package io.eventagents.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A separate JVM. None outlives this one, however a test ends. */
final class ChildProcess {

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "no-orphans"));
  }

  private final String name;
  private final Process process;
  private final Path log;
  private final long begin;

  private ChildProcess(String name, Process process, Path log, long begin) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.begin = begin;
  }

  /** Starts {@code java} with these arguments. Its output is appended to the log. */
  static ChildProcess java(String name, Path log, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-Dsun.misc.unsafe.memory.access=allow"));
    command.addAll(arguments);
    try {
      long begin = Files.exists(log) ? Files.size(log) : 0;
      Process process =
          new ProcessBuilder(command)
              .directory(log.resolveSibling(".").normalize().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      RUNNING.add(process);
      var unused = process.onExit().thenAccept(RUNNING::remove);
      return new ChildProcess(name, process, log, begin);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + name, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGKILL and returns when the process is gone. */
  void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(30));
  }

  /** Sends SIGTERM without waiting. */
  void terminate() {
    process.destroy();
  }

  /**
   * Waits for the end of the process.
   *
   * @return the exit code
   * @throws AssertionError if it takes longer
   */
  int awaitExit(Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(
            "%s did not end within %s. Its log ends with:%n%s".formatted(name, patience, tail()));
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + name + " ended", e);
    }
  }

  /** Sends SIGSTOP: the process keeps its connections and answers nothing. */
  void freeze() {
    signal("STOP");
  }

  /** Sends SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  /** The lines of its log since its start, including those of other processes with its name. */
  private List<String> said() {
    try (InputStream all = Files.newInputStream(log)) {
      all.skipNBytes(begin);
      return new String(all.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the log of " + name, e);
    }
  }

  /** The number of lines in its log since its start that contain all these words. */
  long said(String... words) {
    return said().stream().filter(line -> Arrays.stream(words).allMatch(line::contains)).count();
  }

  /** The last lines of its log. */
  String tail() {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 25), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
