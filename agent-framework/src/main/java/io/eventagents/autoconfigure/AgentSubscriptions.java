package io.eventagents.autoconfigure;

import io.eventagents.RecordBatch;
import io.eventagents.autoconfigure.EventAgentsProperties.AgentSettings;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.Intake;
import io.eventagents.binding.InvalidAgent;
import io.eventagents.dispatch.AgentFunction;
import io.eventagents.dispatch.AgentMessageHandler;
import io.eventagents.dispatch.EventDispatchers;
import io.eventagents.dispatch.RecordDispatcher;
import io.eventagents.dispatch.RecordLogDispatcher;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.send.RecordSender;
import io.eventagents.send.RecordSenders;
import io.eventagents.topic.TopicIds;
import io.eventagents.wire.PayloadTypes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.messaging.SubscribableChannel;

/**
 * Puts a dispatcher behind every agent's channel after all beans are made and before anything is
 * bound.
 */
final class AgentSubscriptions
    implements SmartInitializingSingleton, ApplicationListener<ContextClosedEvent> {

  private static final Logger log = LoggerFactory.getLogger(AgentSubscriptions.class);

  private final AgentDefinitions agents;
  private final EventAgentsProperties properties;
  private final BeanFactory beans;
  private final EventDispatchers dispatchers;
  private final RecordSenders senders;
  private final BindingServiceProperties bindings;
  private final PollInterval pollInterval;
  private final TopicIds topicIds;
  private final AgentStatuses statuses;
  private final List<RecordDispatcher> subscribed = new CopyOnWriteArrayList<>();

  AgentSubscriptions(
      AgentDefinitions agents,
      EventAgentsProperties properties,
      BeanFactory beans,
      EventDispatchers dispatchers,
      RecordSenders senders,
      BindingServiceProperties bindings,
      PollInterval pollInterval,
      TopicIds topicIds,
      AgentStatuses statuses) {
    this.agents = agents;
    this.properties = properties;
    this.beans = beans;
    this.dispatchers = dispatchers;
    this.senders = senders;
    this.bindings = bindings;
    this.pollInterval = pollInterval;
    this.topicIds = topicIds;
    this.statuses = statuses;
  }

  @Override
  public void afterSingletonsInstantiated() {
    warnOfUnknownNames();
    for (AgentDefinition agent : agents) {
      AgentStatus status =
          new AgentStatus(
              agent,
              settings(
                  agent,
                  "retry settings of the agent '%s' contradict each other",
                  "retry",
                  own -> own.retryPolicy(properties.retry())),
              properties.agent(agent.name()).concurrencyOf(agent.effects()),
              settings(
                  agent,
                  "chain limits of the agent '%s' would stop every chain",
                  "chains",
                  own -> own.chainLimits(properties.chains())));
      statuses.add(status);
      RecordDispatcher dispatcher =
          switch (agent.intake()) {
            case Intake.Events events -> eventDispatcher(status, events.types());
            case Intake.Records records -> recordDispatcher(status);
          };
      subscribed.add(dispatcher);
      beans
          .getBean(agent.inputBinding(), SubscribableChannel.class)
          .subscribe(new AgentMessageHandler(dispatcher));
    }
  }

  /** Not refused: the same settings may be given to several applications. */
  private void warnOfUnknownNames() {
    List<String> names = agents.stream().map(AgentDefinition::name).toList();
    for (String name : new TreeSet<>(properties.agents().keySet())) {
      if (!names.contains(name)) {
        log.warn(
            "event-agents.agents.{}.* is set and has no effect: there is no such agent here, only {}",
            name,
            names);
      }
    }
  }

  private RecordDispatcher eventDispatcher(AgentStatus status, PayloadTypes types) {
    AgentDefinition agent = status.agent();
    Duration interval = pollInterval.of(agent);
    Duration half = interval.dividedBy(2);
    Duration budget = status.retry().budget();
    if (budget.compareTo(half) > 0) {
      throw new InvalidAgent(
          "The retries of the agent '%s' may take %s for one event, more than half of max.poll.interval.ms (%s): the consumer would be put out of its group in the middle, and get the same events again and again."
              .formatted(agent.name(), inWords(budget), inWords(interval)),
          "Lower event-agents.agents.%s.retry.attempts or .max-delay, or raise spring.cloud.stream.kafka.bindings.%s.consumer.configuration.max.poll.interval.ms."
              .formatted(agent.name(), agent.inputBinding()));
    }
    return dispatchers.make(
        status,
        types,
        AgentFunction.of(beans.getBean(agent.beanName())),
        topicOfDomain(agent),
        senderOf(agent),
        properties.agent(agent.name()).maxAgeOrDefault(),
        half);
  }

  private static String inWords(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private UnaryOperator<String> topicOfDomain(AgentDefinition agent) {
    Map<String, String> topics = new HashMap<>();
    for (String domain : agent.emits().domains()) {
      topics.put(domain, bindings.getBindingDestination(agent.outputBinding(domain)));
    }
    return domain -> Objects.requireNonNull(topics.get(domain), domain);
  }

  private RecordSender senderOf(AgentDefinition agent) {
    return agent.emits().isEmpty()
        ? record -> {
          throw new IllegalStateException(agent.name() + " declares that it emits nothing");
        }
        : senders.ofBinding(agent.outputBindings().getFirst());
  }

  @SuppressWarnings("unchecked")
  private RecordDispatcher recordDispatcher(AgentStatus status) {
    Consumer<RecordBatch> function =
        (Consumer<RecordBatch>) beans.getBean(status.agent().beanName(), Consumer.class);
    return new RecordLogDispatcher(
        function,
        topicIds::of,
        topicIds::forget,
        status,
        dispatchers.traces(),
        dispatchers.clock());
  }

  /**
   * Settings of one kind: the agent's own, else those of all agents.
   *
   * @param problem what is wrong if they are refused
   * @param prefix of the settings
   */
  private <T> T settings(
      AgentDefinition agent, String problem, String prefix, Function<AgentSettings, T> read) {
    try {
      return read.apply(properties.agent(agent.name()));
    } catch (IllegalArgumentException e) {
      throw new InvalidAgent(
          "The %s: %s.".formatted(problem.formatted(agent.name()), e.getMessage()),
          "Correct event-agents.agents.%s.%s.* or event-agents.%2$s.*."
              .formatted(agent.name(), prefix));
    }
  }

  /**
   * Starts nothing new once the application is closing; the containers then stop after what they
   * have begun.
   */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    subscribed.forEach(RecordDispatcher::stop);
  }
}
