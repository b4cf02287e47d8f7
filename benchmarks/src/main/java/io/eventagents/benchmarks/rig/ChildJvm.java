package io.eventagents.benchmarks.rig;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program in a JVM of its own with the class path of this one. It announces when it is ready, and
 * ends when this JVM does.
 */
public final class ChildJvm implements AutoCloseable {

  private static final String READY = "READY ";

  private final Process process;
  private final String announcement;
  private final JvmProbe probe;

  private ChildJvm(Process process, String announcement, JvmProbe probe) {
    this.process = process;
    this.announcement = announcement;
    this.probe = probe;
  }

  /**
   * Starts a program and waits until it is ready.
   *
   * @param program a class whose {@code main} ends in {@link #serve}
   * @throws IOException if the process does not start
   * @throws IllegalStateException if it ends before it is ready
   */
  public static ChildJvm start(Class<?> program, String... arguments) throws IOException {
    return start(program, List.of(), List.of(arguments));
  }

  /**
   * Starts a program and waits until it is ready.
   *
   * @param options further options of the JVM, in addition to those for the heap
   * @throws IOException if the process does not start
   * @throws IllegalStateException if it ends before it is ready
   */
  public static ChildJvm start(Class<?> program, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms512m", "-Xmx512m"));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseG1GC"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        Thread.ofVirtual().start(() -> passOn(output));
        return new ChildJvm(process, line.substring(READY.length()), JvmProbe.into(process.pid()));
      }
      System.err.println(line);
    }
    throw new IllegalStateException(program.getSimpleName() + " ended before it was ready");
  }

  /**
   * Announces that the child is ready, and returns when the parent has ended. Called by the child.
   */
  public static void serve(String announcement, AutoCloseable program) throws Exception {
    PrintStream out = System.out;
    out.println(READY + announcement);
    out.flush();
    try (program) {
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** The announcement of the child when it became ready. */
  public String announcement() {
    return announcement;
  }

  /** The resources that it has used. */
  public JvmUsage usage() {
    return probe.usage();
  }

  /** Its process. */
  public ProcessHandle handle() {
    return process.toHandle();
  }

  private static void passOn(BufferedReader output) {
    output.lines().forEach(System.err::println);
  }

  @Override
  public void close() throws IOException {
    probe.close();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
