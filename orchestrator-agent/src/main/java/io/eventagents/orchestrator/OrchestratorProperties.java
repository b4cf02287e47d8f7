package io.eventagents.orchestrator;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the orchestrator agent, {@code orchestrator.*}.
 *
 * @param requireIfMatch whether a change must name the state that it was made for
 * @param idempotency how long answers are kept for repeats
 * @param followUps what should follow which event; nothing by default
 * @param watch how what should follow is watched
 */
@ConfigurationProperties("orchestrator")
record OrchestratorProperties(
    @DefaultValue("false") boolean requireIfMatch,
    @DefaultValue Idempotency idempotency,
    @DefaultValue List<FollowUpRule> followUps,
    @DefaultValue Watch watch) {

  OrchestratorProperties {
    followUps = List.copyOf(followUps);
  }

  /**
   * Repeats of commands that have an {@code Idempotency-Key}.
   *
   * @param retention how long a key is known
   * @param patience how long a repeat waits for a command with its key that is under way
   */
  record Idempotency(
      @DefaultValue("PT24H") Duration retention, @DefaultValue("PT5S") Duration patience) {

    Idempotency {
      positive("orchestrator.idempotency.retention", retention);
      positive("orchestrator.idempotency.patience", patience);
    }
  }

  /**
   * The watch over deadlines.
   *
   * @param pollInterval how often it looks for passed deadlines
   * @param startDelay how long after the start it begins: what followed meanwhile is read first
   * @param maxAge events of other agents that are older when they are read await nothing
   * @param retention how long what followed or was missed is shown
   */
  record Watch(
      @DefaultValue("PT1S") Duration pollInterval,
      @DefaultValue("PT10S") Duration startDelay,
      @DefaultValue("PT24H") Duration maxAge,
      @DefaultValue("P30D") Duration retention) {

    Watch {
      positive("orchestrator.watch.poll-interval", pollInterval);
      positive("orchestrator.watch.max-age", maxAge);
      positive("orchestrator.watch.retention", retention);
      if (startDelay.isNegative()) {
        throw new IllegalArgumentException(
            "orchestrator.watch.start-delay is " + startDelay + ". Set it to 0 or more, 10s say.");
      }
    }
  }

  private static void positive(String setting, @Nullable Duration value) {
    if (value == null || !value.isPositive()) {
      throw new IllegalArgumentException(setting + " is " + value + ". Set it to more than 0.");
    }
  }
}
