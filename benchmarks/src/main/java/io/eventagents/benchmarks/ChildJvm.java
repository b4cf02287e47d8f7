package io.eventagents.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own, with the class path of this one. It says when it is ready, and
 * ends when this JVM does.
 */
final class ChildJvm implements AutoCloseable {

  private static final String READY = "READY ";

  private final Process process;
  private final String announcement;

  private ChildJvm(Process process, String announcement) {
    this.process = process;
    this.announcement = announcement;
  }

  static ChildJvm start(Class<?> program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms512m", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        Thread.ofVirtual().start(() -> passOn(output));
        return new ChildJvm(process, line.substring(READY.length()));
      }
      System.err.println(line);
    }
    throw new IllegalStateException(program.getSimpleName() + " ended before it was ready");
  }

  /** Called by the child when it is ready; returns when the parent has ended. */
  static void serve(String announcement, AutoCloseable program) throws Exception {
    PrintStream out = System.out;
    out.println(READY + announcement);
    out.flush();
    try (program) {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** What the child said with being ready. */
  String announcement() {
    return announcement;
  }

  /** The processor time that it has used. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void passOn(BufferedReader output) {
    output.lines().forEach(System.err::println);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
