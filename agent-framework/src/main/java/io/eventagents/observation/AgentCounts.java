package io.eventagents.observation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What became of the records that an agent received since it started. Thread-safe. */
public final class AgentCounts {

  /** Events that the agent handled. */
  public final LongAdder handled = new LongAdder();

  /** Events of types that the agent does not take; they are skipped unparsed. */
  public final LongAdder skipped = new LongAdder();

  /** Records without a readable type, addressed to nobody. */
  public final LongAdder unreadable = new LongAdder();

  /** Events whose {@code occurred_at} cannot be read; the record's timestamp stands in for it. */
  public final LongAdder unreadableTimes = new LongAdder();

  /** Events that the inbox knew already. */
  public final LongAdder repeated = new LongAdder();

  /** Events older than the agent's maximum age, left alone. */
  public final LongAdder expired = new LongAdder();

  /** Records that were passed over because an operator named them. */
  public final LongAdder passedOver = new LongAdder();

  /** Failed attempts that were followed by another. */
  public final LongAdder retried = new LongAdder();

  /** Events that went to the dead letters. */
  public final LongAdder deadLettered = new LongAdder();

  /** Events that went to the dead letters because their chain had gone too far. */
  public final LongAdder stopped = new LongAdder();

  /** Events that were stored to wait behind a failed event of their key. */
  public final LongAdder held = new LongAdder();

  /** Batches that an outage of a dependency or of the broker interrupted. */
  public final LongAdder interrupted = new LongAdder();

  /** How often its consumers ended and had to be started again. */
  public final LongAdder ended = new LongAdder();

  /** Events that the agent emitted. */
  public final LongAdder emitted = new LongAdder();

  /** The counts by name. */
  Map<String, Long> sums() {
    Map<String, Long> sums = new LinkedHashMap<>();
    sums.put("handled", handled.sum());
    sums.put("emitted", emitted.sum());
    sums.put("skipped", skipped.sum());
    sums.put("unreadable", unreadable.sum());
    sums.put("unreadableTimes", unreadableTimes.sum());
    sums.put("repeated", repeated.sum());
    sums.put("expired", expired.sum());
    sums.put("retried", retried.sum());
    sums.put("deadLettered", deadLettered.sum());
    sums.put("stopped", stopped.sum());
    sums.put("held", held.sum());
    sums.put("passedOver", passedOver.sum());
    sums.put("interrupted", interrupted.sum());
    sums.put("ended", ended.sum());
    return sums;
  }
}
