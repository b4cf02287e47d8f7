package io.eventagents.autoconfigure;

import io.eventagents.Broker;
import io.eventagents.RecordTopic;
import io.eventagents.binding.AgentBindings;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.DerivedBindingsLast;
import io.eventagents.binding.RecordBatchConverter;
import io.eventagents.binding.ReplayTopics;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.dispatch.DatabaseHandlings;
import io.eventagents.dispatch.EventDispatchers;
import io.eventagents.inbox.InboxProperties;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.observation.ConsumerLag;
import io.eventagents.observation.EventTraces;
import io.eventagents.observation.LagWatch;
import io.eventagents.outbox.OutboxEventPublishers;
import io.eventagents.poll.AgentPolls;
import io.eventagents.poll.ContainerWatch;
import io.eventagents.poll.SkippedRecords;
import io.eventagents.retry.BatchErrorHandler;
import io.eventagents.send.KafkaBinders;
import io.eventagents.send.RecordSender;
import io.eventagents.send.RecordSenders;
import io.eventagents.topic.BinderBroker;
import io.eventagents.topic.BrokerAdmin;
import io.eventagents.topic.PollLimits;
import io.eventagents.topic.TopicIds;
import io.eventagents.topic.TopicProvisioner;
import io.eventagents.topic.TopicReader;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.kafka.provisioning.AdminClientConfigCustomizer;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.util.function.SingletonSupplier;

/**
 * Finds the agents of an application, binds their channels and connects those to their dispatchers.
 */
@AutoConfiguration
@EnableConfigurationProperties(EventAgentsProperties.class)
final class EventAgentsAutoConfiguration {

  @Bean
  static AgentBindings eventAgentsBindings(ConfigurableEnvironment environment) {
    return new AgentBindings(environment);
  }

  @Bean
  static DerivedBindingsLast eventAgentsDerivedBindingsLast(ConfigurableEnvironment environment) {
    return new DerivedBindingsLast(environment);
  }

  @Bean
  static ReplayTopics eventAgentsReplayTopics(ObjectProvider<AgentDefinitions> agents) {
    return new ReplayTopics(agents);
  }

  @Bean
  FrameworkThreads eventAgentsThreads() {
    return new FrameworkThreads();
  }

  @Bean
  RecordBatchConverter eventAgentsRecordBatchConverter() {
    return new RecordBatchConverter();
  }

  @Bean
  BatchErrorHandler eventAgentsBatchErrorHandler(FrameworkThreads threads) {
    return new BatchErrorHandler(threads.scheduler());
  }

  @Bean
  EventReader eventAgentsReader() {
    return new EventReader();
  }

  @Bean
  EventWriter eventAgentsWriter() {
    return new EventWriter();
  }

  @Bean
  @ConditionalOnMissingBean
  EventTraces eventAgentsTraces() {
    return EventTraces.handedOn();
  }

  @Bean
  KafkaBinders eventAgentsKafkaBinders(ObjectProvider<BinderFactory> binders) {
    return new KafkaBinders(binders::getObject);
  }

  @Bean
  RecordSenders eventAgentsRecordSenders(
      KafkaBinders kafka, BindingServiceProperties bindings, StreamBridge bridge) {
    return new RecordSenders(kafka, bindings, bridge);
  }

  /**
   * An outage of any length must not reorder the rows of one key: sends wait for the broker and
   * never expire.
   */
  @Bean
  RecordSender outboxRecordSender(RecordSenders senders) {
    SingletonSupplier<RecordSender> sender =
        SingletonSupplier.of(
            () ->
                senders.ofBinder(
                    Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        "true",
                        ProducerConfig.LINGER_MS_CONFIG,
                        "1",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        Integer.MAX_VALUE,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        "10000",
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "event-agents-outbox")));
    return record -> sender.obtain().send(record);
  }

  /** Sends dead letters and what becomes of them. */
  @Bean
  RecordSender deadLetterRecordSender(RecordSenders senders) {
    SingletonSupplier<RecordSender> sender =
        SingletonSupplier.of(
            () ->
                senders.ofBinder(
                    Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        "35000",
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "event-agents-dead-letters")));
    return record -> sender.obtain().send(record);
  }

  @Bean
  Resolutions eventAgentsResolutions(
      @Qualifier("deadLetterRecordSender") RecordSender sender,
      EventReader reader,
      EventWriter writer,
      ObjectProvider<Clock> clock) {
    return new Resolutions(sender, reader, writer, clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  DeadLetters eventAgentsDeadLetters(
      @Qualifier("deadLetterRecordSender") RecordSender sender,
      EventReader reader,
      EventWriter writer,
      Resolutions resolutions,
      ObjectProvider<Clock> clock) {
    return new DeadLetters(
        sender, reader, writer, resolutions, clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  BrokerAdmin eventAgentsBrokerAdmin(KafkaBinders kafka) {
    return new BrokerAdmin(kafka);
  }

  @Bean
  TopicReader eventAgentsTopicReader(KafkaBinders kafka) {
    return new TopicReader(kafka);
  }

  @Bean
  @ConditionalOnMissingBean
  Broker eventAgentsBroker(BrokerAdmin admin, RecordSenders senders, TopicReader reader) {
    return new BinderBroker(
        admin,
        SingletonSupplier.of(
                () ->
                    senders.ofBinder(
                        Map.of(
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            "30000",
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            "15000",
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            "10000",
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "event-agents-broker")))
            ::obtain,
        reader);
  }

  @Bean
  TopicIds eventAgentsTopicIds(BrokerAdmin broker) {
    return new TopicIds(broker);
  }

  @Bean
  TopicProvisioner eventAgentsTopicProvisioner(
      BrokerAdmin broker,
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      ObjectProvider<Bindable> bindables,
      ObjectProvider<OutboxEventPublishers> publishers,
      ObjectProvider<RecordTopic> recordTopics,
      EventAgentsProperties properties,
      FrameworkThreads threads,
      ObjectProvider<LoggingSystem> logging) {
    return new TopicProvisioner(
        broker,
        new ApplicationTopics(
            agents,
            bindings,
            bindables::stream,
            () ->
                publishers.stream()
                    .flatMap(published -> published.published().values().stream())
                    .toList(),
            recordTopics::orderedStream),
        properties.topics().settings(properties.maxRecordSize()),
        threads.scheduler(),
        awaited -> quietWhile(awaited, logging));
  }

  @Bean
  InboxRetention eventAgentsInboxRetention(
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      TopicProvisioner topics,
      BrokerAdmin broker,
      ObjectProvider<InboxProperties> inbox,
      FrameworkThreads threads) {
    return new InboxRetention(agents, bindings, topics, broker, inbox, threads.scheduler());
  }

  @Bean
  BindingGate eventAgentsBindingGate(
      ObjectProvider<TopicProvisioner> topics,
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      BeanFactory beans,
      ObjectProvider<LoggingSystem> logging) {
    return new BindingGate(
        topics, agents, bindings, beans, awaited -> quietWhile(awaited, logging));
  }

  /** Otherwise each refused attempt to bind would be logged with its stack trace. */
  private static void quietWhile(boolean awaited, ObjectProvider<LoggingSystem> logging) {
    logging.ifAvailable(
        system ->
            system.setLogLevel(BindingService.class.getName(), awaited ? LogLevel.OFF : null));
  }

  /** Without this customizer, a start without a broker waits a minute for each binding. */
  @Bean
  AdminClientConfigCustomizer eventAgentsImpatientAdmin() {
    return configuration -> {
      configuration.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3000);
      configuration.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2000);
    };
  }

  @Bean
  AgentStatuses eventAgentsStatuses() {
    return new AgentStatuses();
  }

  @Bean
  AgentPolls eventAgentsPolls(EventAgentsProperties properties, ObjectProvider<Clock> clock) {
    return new AgentPolls(
        new PollLimits(properties.maxPollSize(), properties.maxRecordSize()),
        new SkippedRecords(properties.skip()),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  static AgentClients eventAgentsClients(BeanFactory beans) {
    return new AgentClients(beans);
  }

  @Bean
  @Primary
  ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>> eventAgentsEndpoints(
      AgentStatuses statuses,
      BindingServiceProperties bindings,
      TopicIds topicIds,
      BeanFactory beans,
      ObjectProvider<ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>>> others) {
    return new AgentEndpoints(statuses, bindings, topicIds, beans, others);
  }

  @Bean
  @Primary
  ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> eventAgentsContainers(
      AgentStatuses statuses,
      ContainerWatch watch,
      BindingServiceProperties bindings,
      ObjectProvider<ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>>> others) {
    return new AgentContainers(statuses, watch, bindings, others);
  }

  /** Reports the process as broken only if a new one would do better. */
  @Bean
  ContainerWatch eventAgentsContainerWatch(
      FrameworkThreads threads, ObjectProvider<Clock> clock, ApplicationContext application) {
    return new ContainerWatch(
        threads.watchers(),
        clock.getIfUnique(Clock::systemUTC),
        alive ->
            AvailabilityChangeEvent.publish(
                application, alive ? LivenessState.CORRECT : LivenessState.BROKEN));
  }

  /** Ends the watch before the containers are stopped, so that it does not report that. */
  @Bean
  ApplicationListener<ContextClosedEvent> eventAgentsContainerWatchEnds(
      ContainerWatch watch, ApplicationContext application) {
    return closed -> {
      if (closed.getApplicationContext() == application) {
        watch.close();
      }
    };
  }

  @Bean
  LagWatch eventAgentsLagWatch(
      AgentStatuses statuses,
      BindingServiceProperties bindings,
      BrokerAdmin broker,
      FrameworkThreads threads,
      ObjectProvider<Clock> clock) {
    return new LagWatch(
        statuses,
        bindings,
        new ConsumerLag(broker),
        threads.watchers(),
        clock.getIfUnique(Clock::systemUTC));
  }

  @Bean
  AgentSubscriptions eventAgentsSubscriptions(
      AgentDefinitions agents,
      EventAgentsProperties properties,
      BeanFactory beans,
      EventReader reader,
      EventWriter writer,
      EventTraces traces,
      DeadLetters deadLetters,
      Resolutions resolutions,
      FrameworkThreads threads,
      ObjectProvider<DatabaseHandlings> database,
      ObjectProvider<Clock> clock,
      RecordSenders senders,
      KafkaBinders kafka,
      BindingServiceProperties bindings,
      TopicIds topicIds,
      AgentStatuses statuses) {
    EventDispatchers dispatchers =
        new EventDispatchers(
            reader,
            writer,
            traces,
            deadLetters,
            resolutions,
            threads.workers(),
            database.getIfAvailable(),
            clock.getIfUnique(Clock::systemUTC));
    return new AgentSubscriptions(
        agents,
        properties,
        beans,
        dispatchers,
        senders,
        bindings,
        new PollInterval(kafka, bindings),
        topicIds,
        statuses);
  }
}
