package io.eventagents.orchestrator.http;

import io.eventagents.ExpiredRows;
import io.eventagents.Rows;
import io.eventagents.http.Problems;
import io.eventagents.orchestrator.http.CommandRequest.Repeat;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;

/**
 * Gives a repeated command ({@code Idempotency-Key}) the answer that the first one got. Key and
 * answer are stored in the command's transaction: either both exist, or nothing happened. A repeat
 * that arrives while the command runs waits for it. Refusals are not stored, because they changed
 * nothing.
 */
public final class IdempotencyKeys {

  static final String HEADER = "Idempotency-Key";

  /** PostgreSQL's SQLSTATE after {@code lock_timeout}. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;
  private final IdempotencyProperties settings;
  private final Clock clock;

  public IdempotencyKeys(
      JdbcClient jdbc,
      TransactionTemplate transactions,
      IdempotencyProperties settings,
      Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Runs a command once per key.
   *
   * @throws ErrorResponseException if the key belongs to another request, or if the first command
   *     still runs after {@code patience}
   */
  StoredAnswer once(@Nullable Repeat repeat, Supplier<StoredAnswer> command) {
    if (repeat == null) {
      return command.get();
    }
    return transactions.execute(
        status -> {
          if (!claim(repeat)) {
            return answerTo(repeat);
          }
          StoredAnswer answer = command.get();
          keep(repeat, answer);
          return answer;
        });
  }

  /** Deletes the keys that have expired. */
  public void purge() {
    ExpiredRows.delete(
        jdbc,
        "orchestrator.idempotency_keys",
        "created_at < :before",
        clock.instant().minus(settings.retention()));
  }

  /**
   * Claims the key for this transaction if it is new or has expired. If another transaction is
   * claiming it, this waits.
   */
  private boolean claim(Repeat repeat) {
    Instant now = clock.instant();
    String before = jdbc.sql("select current_setting('lock_timeout')").query(String.class).single();
    lockTimeout(settings.patience().toMillis() + "ms");
    int claimed;
    try {
      claimed =
          jdbc.sql(
                  """
                  insert into orchestrator.idempotency_keys as known (caller, key, digest, created_at)
                  values (:caller, :key, :digest, :now)
                  on conflict (caller, key) do update
                  set digest = excluded.digest, created_at = excluded.created_at
                  where known.created_at < :expired
                  """)
              .param("caller", repeat.caller())
              .param("key", repeat.key())
              .param("digest", repeat.digest())
              .param("now", Rows.utc(now))
              .param("expired", Rows.utc(now.minus(settings.retention())))
              .update();
    } catch (DataAccessException failure) {
      throw failure.getRootCause() instanceof SQLException cause
              && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())
          ? inUse(failure)
          : failure;
    }
    lockTimeout(before);
    return claimed == 1;
  }

  /** Sets it for this transaction only. */
  private void lockTimeout(String value) {
    jdbc.sql("select set_config('lock_timeout', :value, true)")
        .param("value", value)
        .query(String.class)
        .single();
  }

  private StoredAnswer answerTo(Repeat repeat) {
    return jdbc.sql(
            """
            select digest, status, media_type, body, location, etag from orchestrator.idempotency_keys
            where caller = :caller and key = :key
            """)
        .param("caller", repeat.caller())
        .param("key", repeat.key())
        .query(
            (row, number) -> {
              if (!Arrays.equals(row.getBytes("digest"), repeat.digest())) {
                throw Problems.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "This Idempotency-Key was used for another request. Repeat that request, or send this one with a key of its own.");
              }
              return new StoredAnswer(
                  row.getInt("status"),
                  row.getString("media_type"),
                  row.getString("body"),
                  row.getString("location"),
                  row.getString("etag"));
            })
        .optional()
        .orElseThrow(() -> inUse(null)); // purged at this moment: the next try claims it
  }

  private static ErrorResponseException inUse(@Nullable DataAccessException cause) {
    ErrorResponseException problem =
        Problems.of(
            HttpStatus.CONFLICT,
            "A request with this Idempotency-Key is still running. Try again in a moment.",
            cause);
    problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
    return problem;
  }

  private void keep(Repeat repeat, StoredAnswer answer) {
    jdbc.sql(
            """
            update orchestrator.idempotency_keys
            set status = :status, media_type = :media_type, body = :body, location = :location, etag = :etag
            where caller = :caller and key = :key
            """)
        .param("status", answer.status())
        .param("media_type", answer.mediaType())
        .param("body", answer.body())
        .param("location", answer.location())
        .param("etag", answer.etag())
        .param("caller", repeat.caller())
        .param("key", repeat.key())
        .update();
  }
}
