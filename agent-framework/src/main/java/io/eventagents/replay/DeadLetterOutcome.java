package io.eventagents.replay;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What a replay or discard did.
 *
 * @param dryRun whether the letters were only counted
 * @param matched how many letters were meant
 * @param requested how many were sent to their agents, which confirm them by {@code
 *     delivery.replayed} or {@code delivery.discarded}, or fail once more
 * @param discarded how many are discarded now
 * @param settledBefore how many were not touched, since they were replayed or discarded before
 * @param byAgent how many of the letters are of which agent
 * @param refused how many nothing could be done about
 * @param refusals the first of those, with the reason
 */
@JsonNaming(SnakeCaseStrategy.class)
record DeadLetterOutcome(
    boolean dryRun,
    long matched,
    long requested,
    long discarded,
    long settledBefore,
    Map<String, Long> byAgent,
    long refused,
    List<Refusal> refusals) {

  /**
   * A letter that nothing could be done about.
   *
   * @param agent whose letter it is
   * @param id names it
   * @param reason why
   */
  record Refusal(String agent, String id, String reason) {}
}
