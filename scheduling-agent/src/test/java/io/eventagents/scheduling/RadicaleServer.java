package io.eventagents.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real CalDAV server: Debian's package {@code radicale}, as a process. If it is not installed,
 * its tests are skipped, unless {@code EVENT_AGENTS_RADICALE} is {@code required}: then they fail.
 */
public final class RadicaleServer {

  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private RadicaleServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /** Ready to be started, with one user, ann, whose password is secret. */
  public static RadicaleServer in(Path folder) throws IOException {
    boolean isInstalled =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(it -> Files.isExecutable(Path.of(it, "radicale")));
    if ("required".equals(System.getenv("EVENT_AGENTS_RADICALE"))) {
      assertThat(isInstalled).as("Debian's package radicale is installed").isTrue();
    }
    assumeTrue(isInstalled, "Debian's package radicale is not installed");
    Files.writeString(folder.resolve("users"), "ann:secret\n");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new RadicaleServer(folder, free.getLocalPort());
    }
  }

  public RadicaleServer start() {
    try {
      process =
          new ProcessBuilder(
                  "radicale",
                  "--server-hosts",
                  "127.0.0.1:" + port,
                  "--auth-type",
                  "htpasswd",
                  "--auth-htpasswd-filename",
                  folder.resolve("users").toString(),
                  "--auth-htpasswd-encryption",
                  "plain",
                  "--auth-delay",
                  "0",
                  "--storage-filesystem-folder",
                  folder.resolve("collections").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    await().atMost(Duration.ofSeconds(20)).until(this::answers);
    return this;
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  public void stop() throws InterruptedException {
    if (process != null) {
      process.destroy();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      process = null;
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  /** The objects of a calendar on the disk of the server. */
  public List<String> objects(String calendar) {
    Path collection = folder.resolve("collections/collection-root").resolve(calendar);
    if (!Files.isDirectory(collection)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(collection)) {
      return files
          .filter(file -> file.toString().endsWith(".ics"))
          .sorted()
          .map(RadicaleServer::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
