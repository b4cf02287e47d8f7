package io.eventagents.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server, a child of this process, listening on loopback.
 *
 * <pre>{@code
 * try (EmbeddedPostgreSql postgreSql = EmbeddedPostgreSql.builder().start()) {
 *   postgreSql.createDatabase("orders");
 *   dataSource.setUrl(postgreSql.jdbcUrl("orders"));
 * }
 * }</pre>
 *
 * <p>{@link #stop()} and {@link #start()} make an outage on the same port and keep the data. A
 * server that a killed JVM left behind on the same data directory is stopped first. Everybody who
 * can reach the loopback interface may connect, so it is for development and tests. Thread-safe.
 */
public final class EmbeddedPostgreSql implements AutoCloseable {

  private static final String SUPERUSER = "postgres";
  private static final Pattern DATABASE_NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}");

  private final int port;
  private final DataDirectory data;
  private final boolean durable;
  private final Duration patience;
  private @Nullable EmbeddedPostgres server;

  private EmbeddedPostgreSql(int port, DataDirectory data, boolean durable, Duration patience) {
    this.port = port;
    this.data = data;
    this.durable = durable;
    this.patience = patience;
  }

  /** A server on a free port, with data that are deleted when it is closed. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Stops the server that a killed process left behind on this data directory; does nothing if
   * there is none. {@link Builder#start()} does so too: call this to look at ports or to delete the
   * directory before.
   *
   * @throws IllegalStateException if a living process has its server on this directory
   */
  public static void stopOrphan(Path dataDirectory) {
    new DataLock(dataDirectory).refuseWhereHeld();
    Postmaster.of(dataDirectory).ifPresent(Postmaster::stop);
  }

  /** The JDBC URL of a database of this server. The same after a restart. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://localhost:" + port + "/" + database;
  }

  /** The user that may do everything. */
  public String username() {
    return SUPERUSER;
  }

  /** A password for clients that insist on one; the server takes any. */
  public String password() {
    return SUPERUSER;
  }

  /** The port that clients connect to. */
  public int port() {
    return port;
  }

  /** Where the server keeps its data. */
  public Path dataDirectory() {
    return data.path();
  }

  /** Whether the server is started. */
  public synchronized boolean isRunning() {
    return server != null;
  }

  /**
   * Creates a database unless there is one of this name.
   *
   * @param name letters, digits, {@code _} and {@code -}, at most 63 of them
   * @return its JDBC URL
   * @throws IllegalArgumentException if the name is not valid
   * @throws IllegalStateException if the server refuses
   */
  public String createDatabase(String name) {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A database name has 1 to 63 letters, digits, _ and -, unlike \"" + name + '"');
    }
    try (Connection connection =
            DriverManager.getConnection(jdbcUrl("postgres"), username(), password());
        PreparedStatement query =
            connection.prepareStatement("select 1 from pg_database where datname = ?");
        Statement creation = connection.createStatement()) {
      query.setString(1, name);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          creation.execute("create database \"" + name + '"');
        }
      }
      return jdbcUrl(name);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not create the database " + name, e);
    }
  }

  /**
   * Starts it again after {@link #stop()}, on the same port and data. Does nothing if it runs.
   *
   * @throws IllegalStateException if it does not start; the message ends with what it logged
   */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    QuietLogging.apply();
    stopOrphan(data.path());
    ServerLog log = ServerLog.of(data.path());
    InitialisationMark mark = InitialisationMark.of(data.path());
    try {
      mark.discardIncomplete(data.path());
      if (!Files.exists(data.path().resolve("postgresql.conf"))) {
        mark.begin();
      }
      log.clear();
      server = settings(log).start();
      mark.end();
    } catch (IOException | RuntimeException e) {
      Postmaster.of(data.path()).ifPresent(Postmaster::stop);
      throw new IllegalStateException(
          "PostgreSQL did not start on port %d with the data in %s. It logged:%n%s"
              .formatted(port, data.path(), log.tail()),
          e);
    }
  }

  /** Stops it and keeps its data and port for {@link #start()}. Does nothing if it is stopped. */
  public synchronized void stop() {
    if (server != null) {
      EmbeddedPostgres stopping = server;
      server = null;
      try {
        stopping.close();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL did not stop", e);
      }
    }
  }

  /**
   * Ends it as a power cut does: no client is told, and nothing more is written. {@link #start()}
   * recovers what was committed. Does nothing if it is stopped.
   */
  public synchronized void kill() {
    if (server != null) {
      Postmaster.of(data.path()).ifPresent(Postmaster::kill);
      // Only the lock on the data directory is left; the library logs that it finds no server.
      stop();
    }
  }

  /** Stops it and deletes its data, unless they are in a directory that was given. */
  @Override
  public void close() {
    stop();
    data.discard();
    if (data.temporary()) {
      ServerLog.of(data.path()).delete();
    }
  }

  private EmbeddedPostgres.Builder settings(ServerLog log) {
    // The library passes -F (no fsync) first; the later setting wins.
    String safely = durable ? "on" : "off";
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data.path())
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setPGStartupWait(patience)
        .setOutputRedirector(log.append())
        .setServerConfig("fsync", safely)
        .setServerConfig("synchronous_commit", safely)
        .setServerConfig("full_page_writes", safely)
        // Clients connect over TCP; a socket file in a shared folder would only get in the way.
        .setServerConfig("unix_socket_directories", "")
        .setLocaleConfig("locale", "C")
        .setServerConfig("lc_messages", "C");
  }

  /** Options of an {@link EmbeddedPostgreSql}. */
  public static final class Builder {

    private int port;
    private @Nullable Path dataDirectory;
    private @Nullable Boolean durable;
    private Duration patience = Duration.ofSeconds(30);

    private Builder() {}

    /** The port to listen on; 0, the default, is a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * A directory that keeps the data when the server is closed; existing data are used. By default
     * a temporary one.
     */
    public Builder dataDirectory(Path directory) {
      this.dataDirectory = directory;
      return this;
    }

    /**
     * Whether committed data are on disk ({@code fsync} and {@code synchronous_commit}), as in
     * production; otherwise speed counts more. By default it is durable if a data directory is
     * given.
     */
    public Builder durable(boolean durable) {
      this.durable = durable;
      return this;
    }

    /**
     * How long the server may take until it accepts connections, recovery after a crash included;
     * 30 s by default. A start that fails is noticed after that time only.
     */
    public Builder patience(Duration patience) {
      this.patience = patience;
      return this;
    }

    /**
     * Starts the server; it takes connections when this returns.
     *
     * @throws IllegalStateException if it does not start; the message ends with what it logged
     */
    public EmbeddedPostgreSql start() {
      DataDirectory data =
          dataDirectory == null
              ? DataDirectory.temporary(temporaryDirectory())
              : DataDirectory.kept(dataDirectory);
      EmbeddedPostgreSql postgreSql =
          new EmbeddedPostgreSql(
              FreePort.orGiven(port),
              data,
              durable == null ? !data.temporary() : durable,
              patience);
      try {
        postgreSql.start();
      } catch (RuntimeException e) {
        postgreSql.close();
        throw e;
      }
      return postgreSql;
    }

    // The library's own folder: it later stops and deletes what a killed JVM leaves there.
    private static Path temporaryDirectory() {
      return Path.of(
          System.getProperty(
              "ot.epg.working-dir", System.getProperty("java.io.tmpdir") + "/embedded-pg"),
          UUID.randomUUID().toString());
    }
  }
}
