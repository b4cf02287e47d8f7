package io.eventagents.benchmarks.rig;

import io.eventagents.embedded.EmbeddedPostgreSql;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/**
 * PostgreSQL in processes of its own, with {@code fsync} and {@code synchronous_commit} on. It ends
 * when this JVM does.
 */
public final class Database implements AutoCloseable {

  private final EmbeddedPostgreSql server;
  private final Thread atTheEnd;

  private Database(EmbeddedPostgreSql server) {
    this.server = server;
    this.atTheEnd = new Thread(server::close, "stop PostgreSQL");
    Runtime.getRuntime().addShutdownHook(atTheEnd);
  }

  /** Starts a server on a free port, whose data is deleted at the end. */
  public static Database start() {
    return new Database(EmbeddedPostgreSql.builder().durable(true).start());
  }

  /** The arguments that make a Spring Boot application use this database of the server. */
  public List<String> arguments(String database) {
    return List.of(
        "--spring.datasource.url=" + server.createDatabase(database),
        "--spring.datasource.username=" + server.username(),
        "--spring.datasource.password=" + server.password());
  }

  /**
   * Connects to a database of the server.
   *
   * @throws SQLException if that is not possible
   */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl(database), server.username(), server.password());
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atTheEnd);
    server.close();
  }
}
