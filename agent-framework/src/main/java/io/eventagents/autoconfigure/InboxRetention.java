package io.eventagents.autoconfigure;

import io.eventagents.Effects;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.InputTopics;
import io.eventagents.binding.Intake;
import io.eventagents.inbox.InboxProperties;
import io.eventagents.topic.BrokerAdmin;
import io.eventagents.topic.RetentionCheck;
import io.eventagents.topic.TopicProvisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Warns once, as soon as the broker is there, if a topic keeps events for longer than the inbox
 * remembers them. Read again from the beginning of the topic, such events would be handled anew.
 */
final class InboxRetention implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(InboxRetention.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final Duration AFTER_A_REFUSAL = Duration.ofMinutes(1);

  private final AgentDefinitions agents;
  private final BindingServiceProperties bindings;
  private final TopicProvisioner topics;
  private final BrokerAdmin broker;
  private final ObjectProvider<InboxProperties> inbox;
  private final TaskScheduler scheduler;
  private volatile @Nullable ScheduledFuture<?> looking;
  private boolean isRefused;

  InboxRetention(
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      TopicProvisioner topics,
      BrokerAdmin broker,
      ObjectProvider<InboxProperties> inbox,
      TaskScheduler scheduler) {
    this.agents = agents;
    this.bindings = bindings;
    this.topics = topics;
    this.broker = broker;
    this.inbox = inbox;
    this.scheduler = scheduler;
  }

  @Override
  public void start() {
    InboxProperties settings = inbox.getIfAvailable();
    if (settings != null && !topicsRead().isEmpty()) {
      lookEvery(BETWEEN_LOOKS, settings.retention());
    }
  }

  private synchronized void lookEvery(Duration pause, Duration remembered) {
    looking =
        scheduler.scheduleWithFixedDelay(() -> look(remembered), Instant.now().plus(pause), pause);
  }

  /** Unless it was stopped meanwhile. */
  private synchronized void lookLessOften(Duration remembered) {
    if (looking != null) {
      stop();
      lookEvery(AFTER_A_REFUSAL, remembered);
    }
  }

  private void look(Duration remembered) {
    Admin admin = topics.isProvisioned() ? broker.client().orElse(null) : null;
    if (admin == null) {
      return;
    }
    try {
      Map<String, String> longer = new RetentionCheck(admin).longerThan(remembered, topicsRead());
      longer.forEach(
          (topic, kept) ->
              log.warn(
                  "{} keeps events {}, and event-agents.inbox.retention is {} days: events that are read again after that are"
                      + " handled anew. Set it higher, or retention.ms of the topic lower",
                  topic,
                  kept,
                  remembered.toDays()));
      stop();
    } catch (ExecutionException e) {
      if (!isRefused) {
        isRefused = true;
        log.info(
            "How long topics keep events cannot be told, and is asked again every {} s: {}",
            AFTER_A_REFUSAL.toSeconds(),
            String.valueOf(e.getCause()));
        lookLessOften(remembered);
      }
    } catch (TimeoutException e) {
      log.debug("The broker did not answer; asked again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The topics of agents that remember what they handled, without patterns. */
  private Set<String> topicsRead() {
    Set<String> read = new TreeSet<>();
    for (AgentDefinition agent : agents) {
      if (agent.effects() != Effects.NONE && agent.intake() instanceof Intake.Events) {
        for (String topic : InputTopics.of(agent, bindings)) {
          if (!topic.equals(agent.replayTopic())) {
            read.add(topic);
          }
        }
      }
    }
    return read;
  }

  @Override
  public synchronized void stop() {
    ScheduledFuture<?> scheduled = looking;
    if (scheduled != null) {
      scheduled.cancel(false);
      looking = null;
    }
  }

  @Override
  public boolean isRunning() {
    return looking != null;
  }
}
