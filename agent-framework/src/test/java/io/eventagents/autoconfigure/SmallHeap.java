package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program in a JVM of its own with little memory; its output is kept. */
final class SmallHeap implements AutoCloseable {

  private final Process process;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private SmallHeap(Process process) {
    this.process = process;
  }

  static SmallHeap start(String heap, Class<?> program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    try {
      SmallHeap started =
          new SmallHeap(new ProcessBuilder(command).redirectErrorStream(true).start());
      Thread.ofVirtual().start(started::listen);
      return started;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void listen() {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      output.lines().forEach(said::add);
    } catch (IOException e) {
      said.add(e.toString());
    }
  }

  List<String> said() {
    return said;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
