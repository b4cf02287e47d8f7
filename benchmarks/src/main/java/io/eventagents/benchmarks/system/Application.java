package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.JvmProbe;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An application in a process of its own, run from its executable jar. It ends when this JVM does.
 */
final class Application implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The JVM options of a small pod. */
  static final List<String> OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED");

  private final String name;
  private final Process process;
  private final URI address;
  private final Path log;
  private final Thread atTheEnd;

  private Application(String name, Process process, URI address, Path log) {
    this.name = name;
    this.process = process;
    this.address = address;
    this.log = log;
    this.atTheEnd = new Thread(process::destroy, "stop " + name);
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /** Starts an application and waits until it is ready. */
  static Application start(ExecutableJar jar, Path folder, List<String> settings)
      throws IOException, InterruptedException {
    return start(jar.module(), List.of("-jar", jar.path().toString()), folder, settings);
  }

  /** Starts an application under another name, beside others from the same jar. */
  static Application start(ExecutableJar jar, String name, Path folder, List<String> settings)
      throws IOException, InterruptedException {
    return start(name, List.of("-jar", jar.path().toString()), folder, settings);
  }

  /** Starts an application with another main class of this module, and waits until it is ready. */
  static Application start(
      ExecutableJar jar, Class<?> mainClass, String name, Path folder, List<String> settings)
      throws IOException, InterruptedException {
    return start(
        name,
        List.of(
            "-Dloader.path="
                + Path.of(
                    URI.create(
                        mainClass.getProtectionDomain().getCodeSource().getLocation().toString())),
            "-Dloader.main=" + mainClass.getName(),
            "-cp",
            jar.path().toString(),
            "org.springframework.boot.loader.launch.PropertiesLauncher"),
        folder,
        settings);
  }

  private static Application start(
      String name, List<String> program, Path folder, List<String> settings)
      throws IOException, InterruptedException {
    int port = freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(program);
    command.add("--spring.main.banner-mode=off");
    command.add("--server.port=" + port);
    command.addAll(settings);
    Path log = folder.resolve(name + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Application application =
        new Application(name, process, URI.create("http://localhost:" + port), log);
    try {
      application.awaitReady();
      return application;
    } catch (RuntimeException | InterruptedException e) {
      application.close();
      throw e;
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (process.isAlive() && Instant.now().isBefore(end)) {
        if (isReady(client)) {
          return;
        }
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException(
        name + " did not become ready. Its log ends with:\n" + logTail());
  }

  private boolean isReady(HttpClient client) throws InterruptedException {
    try {
      return client
              .send(
                  HttpRequest.newBuilder(address.resolve("/actuator/health/readiness")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (ConnectException e) {
      // It does not listen yet.
      return false;
    } catch (IOException e) {
      throw new IllegalStateException(name + " does not answer over HTTP", e);
    }
  }

  private String logTail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }

  String name() {
    return name;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  URI address() {
    return address;
  }

  JvmProbe probe() throws IOException {
    return JvmProbe.into(process.pid());
  }

  /** The resident memory of the process, in bytes. */
  long resident() throws IOException, InterruptedException {
    Process ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(process.pid())).start();
    String kib = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (ps.waitFor() != 0 || kib.isEmpty()) {
      throw new IllegalStateException(name + " has ended. Its log ends with:\n" + logTail());
    }
    return Long.parseLong(kib) * 1024;
  }

  /** Kills the process, as in a crash. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
    process.destroy();
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
