package io.eventagents.dispatch;

import io.eventagents.DatabaseFailure;
import io.eventagents.DependencyUnavailable;
import io.eventagents.RejectedEvent;
import io.eventagents.wire.MalformedEvent;
import io.eventagents.wire.RunawayChain;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failed attempt means for the event. */
sealed interface Failure {

  /** The beginning of a dependency's name if it is the database. */
  String DATABASE = "the database: ";

  /**
   * The other end is down: nothing is wrong with the event.
   *
   * @param dependency what is waited for
   * @param retryAfter how long it asked to be left alone
   */
  record Unavailable(String dependency, @Nullable Duration retryAfter) implements Failure {}

  /**
   * Another transaction of the database was in the way: nothing is wrong with the event, and the
   * same may succeed at once.
   *
   * @param reason what was thrown
   */
  record Conflict(String reason) implements Failure {}

  /**
   * The event can never be handled.
   *
   * @param reason why
   */
  record Final(String reason) implements Failure {}

  /**
   * Anything else: the next attempt may succeed.
   *
   * @param reason what was thrown
   */
  record Passing(String reason) implements Failure {}

  /** Reads what was thrown, at any depth of the chain of causes. */
  static Failure of(Throwable thrown) {
    int depth = 0;
    for (Throwable cause = thrown; cause != null && depth < 50; cause = cause.getCause(), depth++) {
      switch (cause) {
        case MalformedEvent malformed -> {
          return new Final(malformed.reason());
        }
        case RunawayChain runaway -> {
          return new Final(runaway.reason());
        }
        case RejectedEvent rejected -> {
          return new Final(rejected.reason());
        }
        case DependencyUnavailable unavailable -> {
          return new Unavailable(unavailable.dependency(), unavailable.retryAfter().orElse(null));
        }
        default -> {}
      }
    }
    Optional<DatabaseFailure> database = DatabaseFailure.of(thrown);
    if (database.isPresent()) {
      switch (database.get().kind()) {
        case UNAVAILABLE -> {
          return new Unavailable(DATABASE + database.get().summary(), null);
        }
        case CONFLICT -> {
          return new Conflict(reason(thrown));
        }
        case REFUSED -> {}
      }
    }
    return new Passing(reason(thrown));
  }

  private static String reason(Throwable thrown) {
    String message = thrown.getMessage();
    return thrown.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
