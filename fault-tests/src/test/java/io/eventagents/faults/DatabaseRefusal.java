package io.eventagents.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database that answers but refuses all writes until this is closed. */
final class DatabaseRefusal implements AutoCloseable {

  private static final List<String> TABLES = List.of("inbox", "outbox", "held_key", "held_event");

  private final String url;
  private final List<String> takeBack;

  private DatabaseRefusal(String url, List<String> begin, List<String> takeBack) {
    this.url = url;
    this.takeBack = takeBack;
    run(url, begin);
  }

  /**
   * Makes all transactions that begin from now on read-only, in every session: SQLSTATE 25006, as
   * from a standby or a former primary.
   */
  static DatabaseRefusal readOnly(String url) {
    String reload = "SELECT pg_reload_conf()";
    return new DatabaseRefusal(
        url,
        List.of("ALTER SYSTEM SET default_transaction_read_only = on", reload),
        List.of("ALTER SYSTEM RESET default_transaction_read_only", reload));
  }

  /**
   * Makes the tables of the framework refuse all changes: SQLSTATE 53100, as from a full disk. A
   * trigger raises the error, so it affects no other table, no temporary files and not the
   * write-ahead log.
   */
  static DatabaseRefusal full(String url, List<String> schemas) {
    List<String> begin = new ArrayList<>();
    List<String> takeBack = new ArrayList<>();
    for (String schema : schemas) {
      begin.add(
          """
          CREATE OR REPLACE FUNCTION %s.no_space() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'could not extend file: no space' USING ERRCODE = '53100'; END $$
          """
              .formatted(schema));
      for (String table : TABLES) {
        begin.add(
            "CREATE TRIGGER no_space BEFORE INSERT OR UPDATE OR DELETE ON %1$s.%2$s EXECUTE FUNCTION %1$s.no_space()"
                .formatted(schema, table));
        takeBack.add("DROP TRIGGER no_space ON %s.%s".formatted(schema, table));
      }
    }
    return new DatabaseRefusal(url, begin, takeBack);
  }

  @Override
  public void close() {
    run(url, takeBack);
  }

  private static void run(String url, List<String> statements) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
