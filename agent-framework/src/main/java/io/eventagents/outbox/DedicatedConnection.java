package io.eventagents.outbox;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * A connection that is kept for as long as the process lives. If the pool is Hikari, it is opened
 * outside the pool, so that it takes no connection from the application, and the pool does not
 * report it as leaked or broken.
 */
final class DedicatedConnection {

  private static final boolean HIKARI =
      ClassUtils.isPresent(
          "com.zaxxer.hikari.HikariDataSource", DedicatedConnection.class.getClassLoader());

  private DedicatedConnection() {}

  /**
   * Opens it.
   *
   * @param name the session's name in {@code pg_stat_activity}, if it is outside the pool
   */
  static Connection open(DataSource dataSource, String name) throws SQLException {
    return HIKARI ? BesideHikari.open(dataSource, name) : dataSource.getConnection();
  }

  private static final class BesideHikari {

    static Connection open(DataSource dataSource, String name) throws SQLException {
      if (!dataSource.isWrapperFor(HikariDataSource.class)) {
        return dataSource.getConnection();
      }
      HikariDataSource pool = dataSource.unwrap(HikariDataSource.class);
      if (pool.getJdbcUrl() == null) {
        return dataSource.getConnection();
      }
      Properties properties = new Properties();
      properties.putAll(pool.getDataSourceProperties());
      properties.setProperty("ApplicationName", name);
      // Read each time: they may change while the process runs.
      Credentials credentials = pool.getCredentials();
      putIfPresent(properties, "user", credentials.getUsername());
      putIfPresent(properties, "password", credentials.getPassword());
      return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    private static void putIfPresent(Properties properties, String name, @Nullable String value) {
      if (value != null) {
        properties.setProperty(name, value);
      }
    }
  }
}
