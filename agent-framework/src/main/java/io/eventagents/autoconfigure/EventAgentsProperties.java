package io.eventagents.autoconfigure;

import io.eventagents.Effects;
import io.eventagents.SettingCheck;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.topic.TopicSettings;
import io.eventagents.wire.ChainLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the framework, prefix {@code event-agents}.
 *
 * @param retry how failed events are tried again by every agent that does not say otherwise
 * @param chains how far chains may go before an agent stops them
 * @param topics how topics are made
 * @param maxPollSize how many bytes of keys and values an agent takes from its topics at once, and
 *     one record more; 8 MB by default
 * @param maxRecordSize the largest key or value that an agent takes; a partition waits at a larger
 *     one; 16 MB by default
 * @param skip records that no agent of the application gets, such as {@code task-events-3@1234}:
 *     those that cannot be read
 * @param agents settings of single agents, by name
 */
@ConfigurationProperties("event-agents")
record EventAgentsProperties(
    @DefaultValue Retry retry,
    @DefaultValue Chains chains,
    @DefaultValue Topics topics,
    @DefaultValue("8MB") DataSize maxPollSize,
    @DefaultValue("16MB") DataSize maxRecordSize,
    List<String> skip,
    Map<String, AgentSettings> agents) {

  EventAgentsProperties {
    SettingCheck.atLeastAByte("event-agents.max-poll-size", maxPollSize);
    SettingCheck.atLeastAByte("event-agents.max-record-size", maxRecordSize);
    skip = skip == null ? List.of() : List.copyOf(skip);
    agents = agents == null ? Map.of() : Map.copyOf(agents);
  }

  AgentSettings agent(String name) {
    return agents.getOrDefault(name, AgentSettings.NONE);
  }

  /**
   * How failed events are tried again, prefix {@code event-agents.retry}.
   *
   * @param attempts how often in all, the first included; 4 by default
   * @param initialDelay before the second attempt; 500 ms by default
   * @param multiplier what each further delay is multiplied by; 2 by default
   * @param maxDelay the longest delay; 10 s by default
   * @param jitter the part of a delay that is random, from 0 to 1; 0.2 by default
   */
  record Retry(
      @DefaultValue("4") int attempts,
      @DefaultValue("500ms") Duration initialDelay,
      @DefaultValue("2") double multiplier,
      @DefaultValue("10s") Duration maxDelay,
      @DefaultValue("0.2") double jitter) {}

  /**
   * How far chains may go before an agent stops them, prefix {@code event-agents.chains}.
   *
   * @param maxDepth how many events an event may go back to; 100 by default
   * @param maxRepeats how many of them may be the agent's own; 10 by default
   */
  record Chains(@DefaultValue("100") int maxDepth, @DefaultValue("10") int maxRepeats) {}

  /**
   * How topics are made, prefix {@code event-agents.topics}. Topics that exist are left as they
   * are.
   *
   * @param autoCreate whether missing topics are made; true by default
   * @param partitions of each topic; 6 by default
   * @param replication replicas of each partition; 3 by default, or as many as there are brokers
   * @param minInsyncReplicas replicas that must have a record before it is acknowledged; 2 by
   *     default, or 1 if there is one replica
   * @param retention how long event topics keep events; 12 days by default, {@code -1ms} for ever.
   *     With the day of the last segment, the inbox, which remembers events for 14 days, then
   *     recognises every event that can come again
   * @param deadLetterRetention how long dead letters and replays are kept; 90 days by default,
   *     {@code -1ms} for ever
   */
  record Topics(
      @DefaultValue("true") boolean autoCreate,
      @DefaultValue("6") int partitions,
      @Nullable Integer replication,
      @Nullable Integer minInsyncReplicas,
      @DefaultValue("12d") Duration retention,
      @DefaultValue("90d") Duration deadLetterRetention) {

    /** What Kafka takes for no limit. */
    private static final Duration FOREVER = Duration.ofMillis(-1);

    Topics {
      checkRetention("event-agents.topics.retention", retention);
      checkRetention("event-agents.topics.dead-letter-retention", deadLetterRetention);
    }

    private static void checkRetention(String setting, Duration retention) {
      if (retention.toMillis() < 1 && !retention.equals(FOREVER)) {
        throw new IllegalArgumentException(
            "%s is %s; it must be at least PT0.001S, or -1ms to keep events for ever"
                .formatted(setting, retention));
      }
    }

    TopicSettings settings(DataSize maxRecordSize) {
      return new TopicSettings(
          autoCreate,
          partitions,
          replication,
          minInsyncReplicas,
          retention,
          deadLetterRetention,
          maxRecordSize);
    }
  }

  /**
   * Settings of one agent, prefix {@code event-agents.agents.<name>}; an absent setting is as for
   * all agents.
   *
   * @param concurrency how many keys are worked on side by side. By default 16 for agents that call
   *     others, and the number of processors, at most 4, for agents without effects; agents that
   *     write to the database use one transaction
   * @param maxAge agents that call others count and leave events that are older; 24 h by default
   * @param retry overrides {@code event-agents.retry}, each value for itself
   * @param chains overrides {@code event-agents.chains}, each value for itself
   */
  record AgentSettings(
      @Nullable Integer concurrency,
      @Nullable Duration maxAge,
      @Nullable RetryOverrides retry,
      @Nullable ChainOverrides chains) {

    AgentSettings {
      if (concurrency != null) {
        SettingCheck.atLeastOne("event-agents.agents.<name>.concurrency", concurrency);
      }
      if (maxAge != null) {
        SettingCheck.atLeastAMillisecond("event-agents.agents.<name>.max-age", maxAge);
      }
    }

    private static final AgentSettings NONE = new AgentSettings(null, null, null, null);

    int concurrencyOf(Effects effects) {
      if (concurrency != null && effects != Effects.DATABASE) {
        return concurrency;
      }
      return switch (effects) {
        case NONE -> Math.min(4, Runtime.getRuntime().availableProcessors());
        case DATABASE -> 1;
        case EXTERNAL -> 16;
      };
    }

    Duration maxAgeOrDefault() {
      return maxAge == null ? Duration.ofHours(24) : maxAge;
    }

    ChainLimits chainLimits(Chains all) {
      ChainOverrides own = chains == null ? ChainOverrides.NONE : chains;
      return new ChainLimits(
          own.maxDepth == null ? all.maxDepth : own.maxDepth,
          own.maxRepeats == null ? all.maxRepeats : own.maxRepeats);
    }

    RetryPolicy retryPolicy(Retry all) {
      RetryOverrides own = retry == null ? RetryOverrides.NONE : retry;
      return new RetryPolicy(
          own.attempts == null ? all.attempts : own.attempts,
          own.initialDelay == null ? all.initialDelay : own.initialDelay,
          own.multiplier == null ? all.multiplier : own.multiplier,
          own.maxDelay == null ? all.maxDelay : own.maxDelay,
          own.jitter == null ? all.jitter : own.jitter);
    }
  }

  /**
   * What differs for an agent from {@code event-agents.retry}; the components are those of {@link
   * Retry}.
   */
  record RetryOverrides(
      @Nullable Integer attempts,
      @Nullable Duration initialDelay,
      @Nullable Double multiplier,
      @Nullable Duration maxDelay,
      @Nullable Double jitter) {

    private static final RetryOverrides NONE = new RetryOverrides(null, null, null, null, null);
  }

  /**
   * What differs for an agent from {@code event-agents.chains}; the components are those of {@link
   * Chains}.
   */
  record ChainOverrides(@Nullable Integer maxDepth, @Nullable Integer maxRepeats) {

    private static final ChainOverrides NONE = new ChainOverrides(null, null);
  }
}
