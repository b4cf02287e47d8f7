package io.eventagents;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database whose statements may take long: migrations, deletes of many rows, reports. Otherwise
 * connections of an agent application give up a statement that is not answered within a minute
 * ({@code socketTimeout}), because a server that is gone must not hold its callers for ever; here
 * they wait for half a day.
 *
 * <pre>{@code
 * JdbcTemplate patient = new JdbcTemplate(new LongStatements(dataSource));
 * patient.update("delete from audit.records where file = ?", file);
 * }</pre>
 *
 * <p>It is another {@link DataSource}: its statements are in no transaction of the one that it
 * wraps. The pool resets its connections when they come back. Thread-safe.
 */
public final class LongStatements extends DelegatingDataSource {

  private static final Duration ANSWER_WITHIN = Duration.ofHours(12);

  /**
   * Wraps a pool.
   *
   * @param dataSource the application's database
   */
  public LongStatements(DataSource dataSource) {
    super(dataSource);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return patient(super.getConnection());
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    return patient(super.getConnection(username, password));
  }

  private static Connection patient(Connection connection) throws SQLException {
    try {
      connection.setNetworkTimeout(Runnable::run, (int) ANSWER_WITHIN.toMillis());
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }
}
