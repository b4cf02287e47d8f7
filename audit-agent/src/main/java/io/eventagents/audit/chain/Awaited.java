package io.eventagents.audit.chain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has not followed an event yet.
 *
 * @param node the event
 * @param expectation what was expected
 * @param until by when; null if there is no time
 * @param overdue whether it should be there by now
 */
public record Awaited(
    ChainNode node, Expectation expectation, @Nullable Instant until, boolean overdue) {

  /** The types one of which is expected; none if the failure is the end. */
  public List<String> types() {
    return expectation.until();
  }

  /** Whether the chain has failed until then. */
  public boolean failed() {
    return expectation.failed();
  }
}
