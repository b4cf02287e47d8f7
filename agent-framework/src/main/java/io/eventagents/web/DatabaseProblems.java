package io.eventagents.web;

import io.eventagents.DatabaseFailure;
import io.eventagents.DependencyUnavailable;
import io.eventagents.database.DatabaseWrites;
import io.eventagents.http.Problems;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers 503 for every controller while the database does not answer or refuses everybody, and
 * says why and when to ask again. A wrong statement of ours stays an error.
 */
@RestControllerAdvice
final class DatabaseProblems {

  private static final Logger log = LoggerFactory.getLogger(DatabaseProblems.class);

  private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(5);
  private static final Duration AFTER_A_CONFLICT = Duration.ofSeconds(1);

  private final ObjectProvider<DatabaseWrites> writes;

  /**
   * @param writes learns what failed; absent in an application without the framework's tables
   */
  DatabaseProblems(ObjectProvider<DatabaseWrites> writes) {
    this.writes = writes;
  }

  @ExceptionHandler({
    DataAccessException.class,
    TransactionException.class,
    DependencyUnavailable.class
  })
  ErrorResponse unavailable(RuntimeException thrown) {
    DatabaseFailure failure = DatabaseFailure.of(thrown).orElseThrow(() -> thrown);
    Duration retryAfter =
        switch (failure.kind()) {
          case UNAVAILABLE -> AFTER_AN_OUTAGE;
          case CONFLICT -> AFTER_A_CONFLICT;
          case REFUSED -> throw thrown;
        };
    // The log tells once that the database refuses; a line for each request would bury it.
    log.debug("A request is answered with 503", thrown);
    writes.ifAvailable(known -> known.failed(thrown));
    ErrorResponseException problem =
        Problems.unavailable(
            "The database does not take this just now: %s. Ask again; if it was a change, look first whether it was made."
                .formatted(failure.summary()),
            retryAfter);
    problem.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return problem;
  }
}
