package io.eventagents.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.embedded.EmbeddedServers;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The framework's tables in a schema of a test's own, on the shared server. */
public record TestDatabase(DataSource dataSource, String schema) {

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

  private static DataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(EmbeddedServers.postgreSql().createDatabase("framework"));
    config.setUsername(EmbeddedServers.postgreSql().username());
    config.setMaximumPoolSize(20);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
