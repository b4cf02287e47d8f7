package io.eventagents.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A connection pooler in front of an {@link EmbeddedPostgreSql}: Debian's package {@code
 * pgbouncer}, as a process, which lends its few connections to the server for a transaction at a
 * time. For tests.
 *
 * <pre>{@code
 * assumeFalse(PgBouncer.isMissing(), "Debian's package pgbouncer is not installed");
 * try (PgBouncer pooler = PgBouncer.inFrontOf(postgreSql, folder)) {
 *   dataSource.setUrl(pooler.jdbcUrl("orders"));
 * }
 * }</pre>
 */
public final class PgBouncer implements AutoCloseable {

  /** How many sessions at the server it lends, for each database. */
  public static final int CONNECTIONS = 4;

  private static final String REQUIRED = "EVENT_AGENTS_PGBOUNCER";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int port;
  private final Process process;

  private PgBouncer(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Whether it is not installed, so that its tests must be left out.
   *
   * @throws IllegalStateException if it is not, and {@code EVENT_AGENTS_PGBOUNCER} is {@code
   *     required}
   */
  public static boolean isMissing() {
    boolean isMissing = executable().isEmpty();
    if (isMissing && "required".equals(System.getenv(REQUIRED))) {
      throw new IllegalStateException("Install Debian's package pgbouncer, or unset " + REQUIRED);
    }
    return isMissing;
  }

  private static Optional<Path> executable() {
    return Stream.concat(
            Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts one on a free port; it takes connections when this returns.
   *
   * @param folder where it keeps its settings and its log
   * @throws IllegalStateException if it does not start; the message ends with what it logged
   */
  public static PgBouncer inFrontOf(EmbeddedPostgreSql server, Path folder) {
    Path executable =
        executable()
            .orElseThrow(() -> new IllegalStateException("Install Debian's package pgbouncer"));
    int port = FreePort.orGiven(0);
    Path log = folder.resolve("pgbouncer.log");
    try {
      Path users = folder.resolve("pgbouncer.users");
      Files.writeString(users, "\"%s\" \"\"%n".formatted(server.username()));
      Path settings = folder.resolve("pgbouncer.ini");
      Files.writeString(
          settings,
          """
          [databases]
          * = host=127.0.0.1 port=%d
          [pgbouncer]
          listen_addr = 127.0.0.1
          listen_port = %d
          unix_socket_dir =
          auth_type = trust
          auth_file = %s
          pool_mode = transaction
          default_pool_size = %d
          max_client_conn = 500
          ignore_startup_parameters = extra_float_digits
          """
              .formatted(server.port(), port, users, CONNECTIONS));
      PgBouncer pooler =
          new PgBouncer(
              port,
              new ProcessBuilder(command(executable, settings))
                  .redirectErrorStream(true)
                  .redirectOutput(log.toFile())
                  .start());
      pooler.awaitReady(log);
      return pooler;
    } catch (IOException e) {
      throw new UncheckedIOException("PgBouncer did not start", e);
    }
  }

  /** PgBouncer refuses to run as root: root runs it as nobody, in a user namespace of its own. */
  private static List<String> command(Path executable, Path settings) {
    String program = executable.toString();
    return "root".equals(System.getProperty("user.name"))
        ? List.of("unshare", "-U", program, settings.toString())
        : List.of(program, settings.toString());
  }

  private void awaitReady(Path log) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        close();
        throw new IllegalStateException("PgBouncer did not start: " + Files.readString(log));
      }
    }
  }

  private boolean isReady() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      try {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while PgBouncer starts", e);
      }
      return false;
    }
  }

  /** The JDBC URL of a database of the server behind it, with what the driver needs to know. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:%d/%s?prepareThreshold=0".formatted(port, database);
  }

  /** Ends it, and its connections. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
