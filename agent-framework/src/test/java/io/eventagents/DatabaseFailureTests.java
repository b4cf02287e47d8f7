package io.eventagents;

import static io.eventagents.DatabaseFailure.Kind.CONFLICT;
import static io.eventagents.DatabaseFailure.Kind.REFUSED;
import static io.eventagents.DatabaseFailure.Kind.UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.DatabaseFailure.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

class DatabaseFailureTests {

  @ParameterizedTest
  @CsvSource({
    "08000, UNAVAILABLE, it cannot be reached",
    "08006, UNAVAILABLE, it cannot be reached",
    "25006, UNAVAILABLE, it is read-only",
    "28000, UNAVAILABLE, it refuses the user",
    "28P01, UNAVAILABLE, it refuses the user",
    "3D000, UNAVAILABLE, it does not exist",
    "42501, UNAVAILABLE, it denies a permission",
    "53100, UNAVAILABLE, its disk is full",
    "53200, UNAVAILABLE, it lacks resources",
    "53300, UNAVAILABLE, it takes no more connections",
    "53400, UNAVAILABLE, it lacks resources",
    "57P01, UNAVAILABLE, it is stopping or starting",
    "57P03, UNAVAILABLE, it is stopping or starting",
    "57P04, UNAVAILABLE, it was interrupted",
    "58030, UNAVAILABLE, its system fails",
    "58P01, UNAVAILABLE, its system fails",
    "XX000, UNAVAILABLE, it is damaged",
    "XX001, UNAVAILABLE, it is damaged",
    "25P02, CONFLICT, ''",
    "25P03, CONFLICT, ''",
    "26000, CONFLICT, a statement has to be prepared again",
    "42P05, CONFLICT, a statement has to be prepared again",
    "40001, CONFLICT, another transaction was in the way",
    "40P01, CONFLICT, another transaction was in the way",
    "55006, CONFLICT, another transaction was in the way",
    "55P03, CONFLICT, another transaction was in the way",
    "57014, CONFLICT, it was interrupted",
    "57P05, CONFLICT, it was interrupted",
    "0A000, REFUSED, it refuses this",
    "22001, REFUSED, it refuses this",
    "22021, REFUSED, it refuses this",
    "23505, REFUSED, it refuses this",
    "42P01, REFUSED, it refuses this",
    "42601, REFUSED, it refuses this",
    "54000, REFUSED, it refuses this",
    "P0001, REFUSED, it refuses this",
  })
  void isSortedByItsState(String state, Kind kind, String words) {
    DatabaseFailure failure = DatabaseFailure.of(refused(state)).orElseThrow();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.sqlState()).isEqualTo(state);
    assertThat(failure.message()).isEqualTo("ERROR: no");
    assertThat(failure.summary()).startsWith(words).endsWith("(SQLSTATE " + state + ")");
    assertThat(DatabaseFailure.isOutage(refused(state))).isEqualTo(kind == UNAVAILABLE);
    assertThat(DatabaseFailure.comesBack(refused(state))).isEqualTo(kind != REFUSED);
  }

  private static Throwable refused(String state) {
    return new IllegalStateException(
        "of the application",
        new UncategorizedSQLException(
            "task", "INSERT", new SQLException("ERROR: no\n  Detail: of a row", state)));
  }

  static Stream<Arguments> withoutAState() {
    return Stream.of(
        Arguments.of(new SQLTransientConnectionException("the pool is empty"), UNAVAILABLE),
        Arguments.of(new SQLNonTransientConnectionException("closed"), UNAVAILABLE),
        Arguments.of(new SQLRecoverableException("broken"), UNAVAILABLE),
        Arguments.of(new SQLTimeoutException("late"), CONFLICT),
        Arguments.of(new SQLTransactionRollbackException("lost"), CONFLICT),
        Arguments.of(new SQLException("Connection is closed"), UNAVAILABLE),
        Arguments.of(new SQLSyntaxErrorException("who knows"), REFUSED),
        Arguments.of(new CannotGetJdbcConnectionException("none"), UNAVAILABLE),
        Arguments.of(new DataAccessResourceFailureException("none"), UNAVAILABLE),
        Arguments.of(new CannotCreateTransactionException("none"), UNAVAILABLE),
        Arguments.of(new CannotAcquireLockException("held"), CONFLICT),
        Arguments.of(new TransactionTimedOutException("late"), CONFLICT),
        Arguments.of(new EmptyResultDataAccessException(1), REFUSED),
        Arguments.of(new IllegalTransactionStateException("none"), REFUSED));
  }

  @ParameterizedTest
  @MethodSource("withoutAState")
  void isSortedByItsClassWhereItHasNoState(Throwable thrown, Kind kind) {
    assertThat(DatabaseFailure.of(thrown))
        .get()
        .extracting(DatabaseFailure::kind, DatabaseFailure::sqlState)
        .containsExactly(kind, null);
  }

  @Test
  void isWhatPostgreSqlSaidWhateverSpringMadeOfIt() {
    assertThat(
            DatabaseFailure.of(
                new DataIntegrityViolationException("?", new SQLException("full", "53100"))))
        .get()
        .extracting(DatabaseFailure::kind)
        .isEqualTo(UNAVAILABLE);
    assertThat(
            DatabaseFailure.of(
                new DataAccessResourceFailureException("?", new SQLException("long", "54000"))))
        .get()
        .extracting(DatabaseFailure::kind)
        .isEqualTo(REFUSED);
    assertThat(
            DatabaseFailure.of(
                new CannotCreateTransactionException("?", new SQLException("full", "53300"))))
        .get()
        .extracting(DatabaseFailure::sqlState)
        .isEqualTo("53300");
  }

  @Test
  void isTheFirstFailureOfItsTransaction() {
    SQLException first = new SQLException("duplicate", "23505");
    SQLException followUp = new SQLException("current transaction is aborted", "25P02", first);

    assertThat(DatabaseFailure.of(followUp))
        .get()
        .extracting(DatabaseFailure::sqlState)
        .isEqualTo("23505");
  }

  @Test
  void isWhatEndedTheTransactionThoughItsRollbackFailedToo() {
    TransactionSystemException rollback =
        new TransactionSystemException("rollback", new SQLException("Connection is closed"));
    rollback.initApplicationException(
        new DataIntegrityViolationException("?", new SQLException("duplicate", "23505")));

    assertThat(DatabaseFailure.of(rollback))
        .get()
        .extracting(DatabaseFailure::sqlState)
        .isEqualTo("23505");
  }

  @Test
  void isFoundInABatch() {
    assertThat(DatabaseFailure.of(new BatchUpdateException("batch", "25006", new int[0])))
        .get()
        .extracting(DatabaseFailure::kind)
        .isEqualTo(UNAVAILABLE);
  }

  @Test
  void isNoneWhereNoDatabaseIsConcerned() {
    assertThat(DatabaseFailure.of(new IllegalStateException("no"))).isEmpty();
    assertThat(DatabaseFailure.comesBack(new OutOfMemoryError("no"))).isFalse();
  }

  @Test
  void isFoundAmongCausesThatGoRoundInCircles() {
    Exception outer = new IllegalStateException("outer");
    Exception inner = new IllegalStateException("inner", outer);
    outer.initCause(inner);

    assertThat(DatabaseFailure.of(outer)).isEmpty();
  }
}
