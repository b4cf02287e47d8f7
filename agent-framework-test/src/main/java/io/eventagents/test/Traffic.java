package io.eventagents.test;

import io.eventagents.outbox.Backlog;
import io.eventagents.outbox.Outbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** What is under way between the agents of a context. */
final class Traffic {

  private final AgentQueues queues;
  private final Supplier<? extends Collection<Outbox>> outboxes;

  Traffic(AgentQueues queues, Supplier<? extends Collection<Outbox>> outboxes) {
    this.queues = queues;
    this.outboxes = outboxes;
  }

  /**
   * What is under way now. Only two looks in a row that see nothing and the same ends are certain:
   * what left the outbox while a look went from one part to the next has moved an end.
   */
  Look look() {
    Map<TopicPartition, Long> ends = queues.ends();
    List<AgentLag> lags = queues.lags(ends).stream().filter(lag -> !lag.isNone()).toList();
    // Records that wait behind a parked one never move.
    List<Backlog> unsent =
        outboxes.get().stream()
            .map(Outbox::backlog)
            .filter(backlog -> backlog.waiting() > backlog.held())
            .toList();
    return new Look(ends, lags, unsent);
  }

  /**
   * What was under way at a moment.
   *
   * @param ends how far the topics went
   * @param lags of the agents that had something to do
   * @param unsent what waited in an outbox
   */
  record Look(Map<TopicPartition, Long> ends, List<AgentLag> lags, List<Backlog> unsent) {

    boolean isQuiet() {
      return lags.isEmpty() && unsent.isEmpty();
    }

    /** What was moving, for a person. */
    List<String> moving() {
      List<String> moving = new ArrayList<>();
      lags.forEach(lag -> moving.add(lag.toString()));
      unsent.forEach(
          backlog ->
              moving.add(
                  "the outbox holds %d record(s), the oldest for %d ms"
                      .formatted(
                          backlog.waiting() - backlog.held(), backlog.oldestAge().toMillis())));
      return moving;
    }
  }
}
