package io.eventagents.database;

import io.eventagents.DatabaseFailure;
import java.time.Instant;

/**
 * The database does not take what is written to it.
 *
 * @param failure what it says now
 * @param since when it was first found so
 */
public record DatabaseRefusal(DatabaseFailure failure, Instant since) {

  /** The name that agents and their health use for what they wait for. */
  public String dependency() {
    return "the database: " + failure.summary();
  }
}
