package io.eventagents;

import static io.eventagents.DatabaseFailure.Kind.CONFLICT;
import static io.eventagents.DatabaseFailure.Kind.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.EmbeddedServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGStatement;

/** What the real server says about statements that it was asked to prepare. */
class PreparedStatementsTests {

  private static final String ALL_COLUMNS = "SELECT * FROM notes WHERE id = ?";

  private Connection connection;

  @BeforeEach
  void table() throws SQLException {
    connection = connect();
    execute("DROP TABLE IF EXISTS notes");
    execute("CREATE TABLE notes (id integer PRIMARY KEY, note text)");
    execute("INSERT INTO notes VALUES (1, 'one')");
    connection.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** As a newer version's migration does while an instance selects all columns. */
  @Test
  void aColumnThatIsAddedMakesOneTransactionLose() throws SQLException {
    read();
    connection.commit();
    addColumn();

    assertLost("0A000", this::read);
    read();
  }

  @Test
  void aColumnThatIsAddedMakesOneBatchLose() throws SQLException {
    addInBatch(2);
    connection.commit();
    addColumn();

    assertLost("0A000", () -> addInBatch(3));
    addInBatch(3);
  }

  /** As behind a pooler that gives each transaction another session. */
  @Test
  void aStatementThatTheSessionDoesNotHaveMakesOneTransactionLose() throws SQLException {
    read();
    execute("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");

    assertLost("26000", this::read);
    read();
  }

  @Test
  void whatTheServerNeverSupportsIsRefused() {
    SQLException thrown =
        catchThrowableOfType(
            SQLException.class, () -> execute("SELECT count(*) FROM notes FOR UPDATE"));

    assertThat(DatabaseFailure.of(thrown))
        .get()
        .extracting(DatabaseFailure::sqlState, DatabaseFailure::kind)
        .containsExactly("0A000", REFUSED);
    assertThat(DatabaseFailure.of(thrown).orElseThrow().summary()).startsWith("it refuses this");
  }

  private void assertLost(String sqlState, ThrowingCallable work) throws SQLException {
    SQLException thrown = catchThrowableOfType(SQLException.class, work);
    connection.rollback();

    assertThat(DatabaseFailure.of(thrown))
        .get()
        .extracting(DatabaseFailure::sqlState, DatabaseFailure::kind, DatabaseFailure::summary)
        .containsExactly(
            sqlState, CONFLICT, "a statement has to be prepared again (SQLSTATE " + sqlState + ")");
  }

  private void read() throws SQLException {
    try (PreparedStatement statement = onTheServer(connection.prepareStatement(ALL_COLUMNS))) {
      statement.setInt(1, 1);
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
      }
    }
  }

  private void addInBatch(int first) throws SQLException {
    try (PreparedStatement statement =
        onTheServer(
            connection.prepareStatement(
                "INSERT INTO notes (id) VALUES (?)", Statement.RETURN_GENERATED_KEYS))) {
      for (int id = first * 10; id < first * 10 + 3; id++) {
        statement.setInt(1, id);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** From the first time on, not from the fifth. */
  private static PreparedStatement onTheServer(PreparedStatement statement) throws SQLException {
    statement.unwrap(PGStatement.class).setPrepareThreshold(1);
    return statement;
  }

  /**
   * Changed by another instance: the driver prepares anew what it sees change over its own
   * connection.
   */
  private static void addColumn() throws SQLException {
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("ALTER TABLE notes ADD COLUMN written_at timestamptz");
    }
  }

  private static Connection connect() throws SQLException {
    EmbeddedPostgreSql server = EmbeddedServers.postgreSql();
    return DriverManager.getConnection(
        server.createDatabase("prepared"), server.username(), server.password());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
