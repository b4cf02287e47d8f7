package io.eventagents.database;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.DatabaseFailure;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/**
 * The connections that a pool keeps. After a fail-over they lead to the former primary, which
 * answers but only reads: the pool considers them sound and would keep them for half an hour.
 */
final class PooledConnections {

  private static final Logger log = LoggerFactory.getLogger(PooledConnections.class);

  private static final String READ_ONLY = "25006";
  private static final boolean HIKARI =
      ClassUtils.isPresent(
          "com.zaxxer.hikari.HikariDataSource", PooledConnections.class.getClassLoader());

  private PooledConnections() {}

  /** If these connections only read, has the pool open new ones, which may find another server. */
  static void renew(DataSource dataSource, DatabaseFailure failure) {
    if (HIKARI && READ_ONLY.equals(failure.sqlState())) {
      Hikari.renew(dataSource);
    }
  }

  private static final class Hikari {

    static void renew(DataSource dataSource) {
      try {
        if (dataSource.isWrapperFor(HikariDataSource.class)) {
          var pool = dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean();
          if (pool != null) {
            pool.softEvictConnections();
          }
        }
      } catch (SQLException e) {
        log.debug("The pool is none of Hikari's", e);
      }
    }
  }
}
