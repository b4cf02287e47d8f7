package io.eventagents.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.embedded.EmbeddedServers;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The framework's tables in a schema of a test's own, on the shared server. */
public record TestDatabase(DataSource dataSource, String schema) {

  private static final List<String> TABLES = List.of("inbox", "outbox", "held_key", "held_event");
  private static final DataSource SHARED = pool();

  /** Fresh tables. */
  public static TestDatabase create() {
    String schema = "s" + UUID.randomUUID().toString().replace("-", "");
    Flyway.configure()
        .dataSource(SHARED)
        .schemas(schema)
        .locations("classpath:io/eventagents/db")
        .load()
        .migrate();
    return new TestDatabase(SHARED, schema);
  }

  /** Runs in a transaction. */
  public void inTransaction(Runnable work) {
    transactions().executeWithoutResult(status -> work.run());
  }

  /** For transactions with a result, or that are rolled back. */
  public TransactionTemplate transactions() {
    return new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /** {@code SCHEMA.} in the statement stands for this schema. */
  public JdbcClient.StatementSpec sql(String statement) {
    return JdbcClient.create(dataSource).sql(statement.replace("SCHEMA.", schema + "."));
  }

  /** How many rows a table of this schema has. */
  public long count(String table) {
    return sql("SELECT count(*) FROM SCHEMA." + table).query(Long.class).single();
  }

  /**
   * From now on it refuses every write of the framework's tables, with this SQLSTATE. A stand-in: a
   * server that is read-only or full does not let a trigger speak first.
   */
  public void refuse(String sqlState) {
    refuse(sqlState, TABLES.toArray(String[]::new));
  }

  /** The same for some of them. */
  public void refuse(String sqlState, String... tables) {
    sql("""
            CREATE OR REPLACE FUNCTION SCHEMA.refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'refused on purpose' USING ERRCODE = '%s'; END $$
            """
            .formatted(sqlState))
        .update();
    for (String table : tables) {
      sql("CREATE TRIGGER refuse BEFORE INSERT OR UPDATE OR DELETE ON SCHEMA."
              + table
              + " EXECUTE FUNCTION SCHEMA.refuse()")
          .update();
    }
  }

  /** It takes them again. */
  public void accept() {
    accept(TABLES.toArray(String[]::new));
  }

  /** The same for some of them. */
  public void accept(String... tables) {
    for (String table : tables) {
      sql("DROP TRIGGER refuse ON SCHEMA." + table).update();
    }
  }

  private static DataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(EmbeddedServers.postgreSql().createDatabase("framework"));
    config.setUsername(EmbeddedServers.postgreSql().username());
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
