package io.eventagents.test;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.InputTopics;
import io.eventagents.binding.Intake;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/** What is waiting for each agent of the context, according to the broker. */
final class AgentQueues {

  private final Broker broker;
  private final AgentStatuses agents;
  private final BindingServiceProperties bindings;

  AgentQueues(Broker broker, AgentStatuses agents, BindingServiceProperties bindings) {
    this.broker = broker;
    this.agents = agents;
    this.bindings = bindings;
  }

  /** The ends of all topics that an agent of the context reads, and of all event topics. */
  Map<TopicPartition, Long> ends() {
    List<Predicate<String>> read =
        agents.all().stream().map(status -> topics(status.agent())).toList();
    return broker.ends(
        topic -> topic.endsWith("-events") || read.stream().anyMatch(one -> one.test(topic)));
  }

  /**
   * What each agent has not committed yet of the records up to these ends.
   *
   * @param ends as of before this is called
   */
  List<AgentLag> lags(Map<TopicPartition, Long> ends) {
    Map<String, Map<TopicPartition, Long>> committed =
        broker.committed(
            agents.all().stream().map(this::group).collect(Collectors.toUnmodifiableSet()));
    return agents.all().stream()
        .map(status -> lag(status, ends, committed.getOrDefault(group(status), Map.of())))
        .toList();
  }

  private AgentLag lag(
      AgentStatus status, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
    Predicate<String> topics = topics(status.agent());
    Map<String, Long> lag = new TreeMap<>();
    ends.forEach(
        (partition, end) -> {
          long done = committed.getOrDefault(partition, 0L);
          // More was done than there is if the topic is gone and was made again since.
          long missing = done > end ? end : end - done;
          if (topics.test(partition.topic()) && missing > 0) {
            lag.put(partition.toString(), missing);
          }
        });
    return new AgentLag(status.agent().name(), status.state(), lag);
  }

  /**
   * Lets every agent that reads events go on at the ends of its topics. The agents must not be
   * running.
   *
   * @throws IllegalStateException if a member of an agent's group is active elsewhere
   */
  void moveToEnds() {
    Map<TopicPartition, Long> ends = ends();
    for (AgentStatus status : agents) {
      if (status.agent().intake() instanceof Intake.Records) {
        continue; // Its own position decides.
      }
      Predicate<String> topics = topics(status.agent());
      Map<TopicPartition, Long> own =
          ends.entrySet().stream()
              .filter(end -> topics.test(end.getKey().topic()))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      if (!own.isEmpty()) {
        broker.commit(group(status), own);
      }
    }
  }

  private String group(AgentStatus status) {
    return bindings.getGroup(status.agent().inputBinding());
  }

  private Predicate<String> topics(AgentDefinition agent) {
    return switch (agent.intake()) {
      case Intake.Events events -> Set.copyOf(InputTopics.of(agent, bindings))::contains;
      case Intake.Records records ->
          Pattern.compile(bindings.getBindingDestination(agent.inputBinding())).asMatchPredicate();
    };
  }
}
