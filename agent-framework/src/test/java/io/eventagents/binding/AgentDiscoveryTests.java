package io.eventagents.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.EventTypes;
import io.eventagents.RecordBatch;
import io.eventagents.RecordLog;
import io.eventagents.wire.PayloadType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;

class AgentDiscoveryTests {

  private static final Environment SETTINGS =
      new MockEnvironment().withProperty("watched", "task.created,order.placed,task.created");

  sealed interface Taken permits TaskCreated, OrderPlaced {}

  @EventType("task.created")
  record TaskCreated(String taskId) implements Taken {}

  @EventType("order.placed")
  record OrderPlaced(String orderId) implements Taken {}

  sealed interface Emitted {}

  @EventType("notification.sent")
  record NotificationSent(String taskId) implements Emitted {}

  @EventType("invoice.issued")
  record InvoiceIssued(String orderId) implements Emitted {}

  static class Notifying implements Function<Event<TaskCreated>, NotificationSent> {
    @Override
    public NotificationSent apply(Event<TaskCreated> event) {
      return new NotificationSent(event.data().taskId());
    }
  }

  @Agent(name = "by-class", effects = Effects.EXTERNAL)
  static final class Annotated extends Notifying {}

  abstract static class Generic<I, O> implements Function<Event<I>, List<O>> {
    @Override
    public List<O> apply(Event<I> event) {
      return List.of();
    }
  }

  static final class Concrete extends Generic<Taken, InvoiceIssued> {}

  static final class Ledger implements RecordLog {
    @Override
    public OptionalLong nextOffset(String topic, Uuid topicId, int partition) {
      return OptionalLong.empty();
    }

    @Override
    public void accept(RecordBatch records) {}
  }

  @Configuration(proxyBeanMethods = false)
  static class Agents {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> notificationSms() {
      return event -> new NotificationSent(event.data().taskId());
    }

    @Bean
    Consumer<Event<Taken>> watcher() {
      return event -> {};
    }

    @Bean
    Function<Event<Taken>, List<Emitted>> listing() {
      return event -> List.of();
    }

    @Bean
    Function<Event<TaskCreated>, Stream<InvoiceIssued>> streaming() {
      return event -> Stream.of();
    }

    @Bean
    Function<Event<TaskCreated>, Optional<InvoiceIssued>> perhaps() {
      return event -> Optional.empty();
    }

    @Bean
    Function<Event<TaskCreated>, Set<? extends Emitted>> several() {
      return event -> Set.of();
    }

    @Bean
    Function<Event<? extends Taken>, @Nullable Void> silent() {
      return event -> null;
    }

    @Bean
    Notifying plainClass() {
      return new Notifying();
    }

    @Bean
    Annotated annotatedClass() {
      return new Annotated();
    }

    @Bean
    @Agent(name = "by-method", effects = Effects.DATABASE)
    Annotated annotatedTwice() {
      return new Annotated();
    }

    @Bean
    static Concrete concrete() {
      return new Concrete();
    }

    @Bean
    Generic<OrderPlaced, Emitted> byReturnType() {
      return new Generic<>() {};
    }

    @Bean
    @Lazy
    @Agent(topics = ".*-events")
    Ledger auditLog() {
      return new Ledger();
    }

    @Bean
    @Agent(topics = "a|b")
    Consumer<RecordBatch> records() {
      return batch -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Strangers {
    @Bean
    Function<String, String> shout() {
      return text -> text;
    }

    @Bean
    UnaryOperator<Message<String>> pass() {
      return message -> message;
    }

    @Bean
    Consumer<TaskCreated> listener() {
      return created -> {};
    }

    @Bean
    @SuppressWarnings("rawtypes")
    Function raw() {
      return anything -> anything;
    }

    @Bean
    <T> Function<T, T> generic() {
      return anything -> anything;
    }

    @Bean
    Supplier<NotificationSent> source() {
      return () -> new NotificationSent("t");
    }

    @Bean
    Object hidden() {
      return new Notifying();
    }

    @Bean
    FactoryBean<String> factory() {
      return new FactoryBean<>() {
        @Override
        public String getObject() {
          return "made";
        }

        @Override
        public Class<?> getObjectType() {
          return String.class;
        }
      };
    }
  }

  /** Looks when the framework does: before any bean is made. */
  static final class Finder implements BeanDefinitionRegistryPostProcessor, Ordered {
    private AgentDefinitions found = new AgentDefinitions(List.of());

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
      ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
      found = new AgentDiscovery(beans, SETTINGS).find();
      assertThat(beans.getSingletonNames()).doesNotContain("notificationSms", "auditLog");
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE;
    }
  }

  private static AgentDefinition agent(String beanName) {
    return Objects.requireNonNull(AGENTS.get(beanName), beanName);
  }

  private static Map<String, AgentDefinition> find(Class<?>... configuration) {
    try (var context = new AnnotationConfigApplicationContext()) {
      context.register(configuration);
      context.register(Finder.class);
      context.refresh();
      return context.getBean(Finder.class).found.stream()
          .collect(
              java.util.stream.Collectors.toMap(
                  AgentDefinition::beanName, java.util.function.Function.identity()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "notificationSms | notification-sms | task.created              | notification.sent",
        "watcher         | watcher          | task.created order.placed |",
        "listing         | listing          | task.created order.placed | notification.sent"
            + " invoice.issued",
        "streaming       | streaming        | task.created              | invoice.issued",
        "perhaps         | perhaps          | task.created              | invoice.issued",
        "several         | several          | task.created              | notification.sent"
            + " invoice.issued",
        "silent          | silent           | task.created order.placed |",
        "plainClass      | plain-class      | task.created              | notification.sent",
        "annotatedClass  | by-class         | task.created              | notification.sent",
        "annotatedTwice  | by-method        | task.created              | notification.sent",
        "concrete        | concrete         | task.created order.placed | invoice.issued",
        "byReturnType    | by-return-type   | order.placed              | notification.sent"
            + " invoice.issued"
      })
  void theTypesOfABeanTellWhatItTakesAndEmits(
      String beanName, String name, String taken, String emitted) {
    AgentDefinition agent = agent(beanName);

    assertThat(agent.name()).isEqualTo(name);
    assertThat(((Intake.Events) agent.intake()).types().all())
        .extracting(PayloadType::eventType)
        .containsExactlyInAnyOrder(taken.split(" "));
    assertThat(String.join(" ", agent.emits().all().stream().map(PayloadType::eventType).toList()))
        .isEqualTo(emitted == null ? "" : emitted);
  }

  private static final Map<String, AgentDefinition> AGENTS = find(Agents.class, Strangers.class);

  @Test
  void effectsAreNoneUnlessSaidOtherwise() {
    assertThat(agent("plainClass").effects()).isEqualTo(Effects.NONE);
    assertThat(agent("annotatedClass").effects()).isEqualTo(Effects.EXTERNAL);
  }

  @Test
  void theBeanMethodSaysMoreThanTheClass() {
    assertThat(agent("annotatedTwice").effects()).isEqualTo(Effects.DATABASE);
  }

  @Test
  void agentsOfRecordsNameTheirTopics() {
    assertThat(agent("auditLog").intake()).isEqualTo(new Intake.Records(".*-events"));
    assertThat(agent("records").intake()).isEqualTo(new Intake.Records("a|b"));
  }

  @Test
  void otherBeansAreLeftAlone() {
    assertThat(AGENTS)
        .hasSize(14)
        .doesNotContainKeys("shout", "pass", "listener", "raw", "generic", "source", "hidden");
  }

  @Test
  void agentsAreSortedByName() {
    try (var context = new AnnotationConfigApplicationContext(Agents.class, Finder.class)) {
      assertThat(context.getBean(Finder.class).found)
          .extracting(AgentDefinition::name)
          .isSorted()
          .hasSize(14);
    }
  }

  @Test
  void anAgentHasAnOutputBindingPerDomain() {
    AgentDefinition agent = agent("listing");

    assertThat(agent.inputBinding()).isEqualTo("listing-in-0");
    assertThat(agent.outputBindings()).containsExactly("listing-out-0", "listing-out-1");
    assertThat(agent.outputBinding("invoice")).isEqualTo("listing-out-0");
    assertThat(agent.outputBinding("notification")).isEqualTo("listing-out-1");
    assertThat(agent.deadLetterTopic()).isEqualTo("listing-dead-letters");
    assertThat(agent.replayTopic()).isEqualTo("listing-replays");
  }

  @ParameterizedTest
  @CsvSource({
    "notificationSms, notification-sms",
    "smsAgent2,       sms-agent2",
    "HTTPCaller,      http-caller",
    "callsHTTP,       calls-http",
    "parseXMLFile,    parse-xml-file",
    "audit_log,       audit-log",
    "plain,           plain"
  })
  void aNameIsTheBeansInKebabCase(String beanName, String name) {
    assertThat(AgentDiscovery.kebabCase(beanName)).isEqualTo(name);
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoOfOneName {
    @Bean
    Notifying notificationSms() {
      return new Notifying();
    }

    @Bean
    @Agent(name = "notification-sms")
    Notifying other() {
      return new Notifying();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class BadName {
    @Bean
    @Agent(name = "Notification.SMS")
    Notifying notificationSms() {
      return new Notifying();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class RawFunction {
    @Bean
    @Agent
    @SuppressWarnings("rawtypes")
    Function unknown() {
      return anything -> anything;
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OtherInput {
    @Bean
    @Agent
    Function<TaskCreated, NotificationSent> unknown() {
      return created -> new NotificationSent(created.taskId());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class HiddenType {
    @Bean
    @Agent
    Object unknown() {
      return new Notifying();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class NoFunction {
    @Bean
    @Agent
    Supplier<NotificationSent> unknown() {
      return () -> new NotificationSent("t");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AnyEvent {
    @Bean
    Consumer<Event<?>> unknown() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class RawEvent {
    @Bean
    @SuppressWarnings("rawtypes")
    Consumer<Event> unknown() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AnyOutput {
    @Bean
    Function<Event<TaskCreated>, ?> unknown() {
      return event -> "";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class ObjectOutput {
    @Bean
    Function<Event<TaskCreated>, List<Object>> unknown() {
      return event -> List.of();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class RawOutput {
    @Bean
    @SuppressWarnings("rawtypes")
    Function<Event<TaskCreated>, List> unknown() {
      return event -> List.of();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class UnknownRecord<T> {
    @Bean
    Function<Event<T>, NotificationSent> unknown() {
      return event -> new NotificationSent("t");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        RawFunction.class,
        OtherInput.class,
        HiddenType.class,
        NoFunction.class,
        AnyEvent.class,
        RawEvent.class,
        AnyOutput.class,
        ObjectOutput.class,
        RawOutput.class,
        UnknownRecord.class
      })
  void typesThatTellNothingAreRefused(Class<?> configuration) {
    assertThatExceptionOfType(InvalidAgent.class)
        .isThrownBy(() -> find(configuration))
        .satisfies(
            refused -> {
              assertThat(refused.problem())
                  .startsWith("The types of the agent bean 'unknown' cannot be read: ");
              assertThat(refused.action())
                  .startsWith("Declare the bean as Function<Event<T>, R> or Consumer<Event<T>>");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class StringOutput {
    @Bean
    Function<Event<TaskCreated>, String> unknown() {
      return event -> "";
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class MessageOutput {
    @Bean
    Function<Event<TaskCreated>, Message<NotificationSent>> unknown() {
      throw new UnsupportedOperationException();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {StringOutput.class, MessageOutput.class})
  void whatIsEmittedIsAPayload(Class<?> configuration) {
    assertRefused(
        configuration,
        "is neither a record nor a sealed interface of records.",
        "Make it a record with @EventType");
  }

  @Test
  void twoAgentsOfOneNameAreRefused() {
    assertRefused(
        TwoOfOneName.class,
        "The beans 'notificationSms' and 'other' are both the agent 'notification-sms'",
        "Rename one of the beans");
  }

  @Test
  void aNameThatMakesNoGroupIsRefused() {
    assertRefused(
        BadName.class,
        "The agent bean 'notificationSms' is named 'Notification.SMS'",
        "@Agent(name = \"notification-sms\")");
  }

  @Configuration(proxyBeanMethods = false)
  static class NoTopics {
    @Bean
    Ledger auditLog() {
      return new Ledger();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class BrokenTopics {
    @Bean
    @Agent(topics = "*-events")
    Ledger auditLog() {
      return new Ledger();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TopicsOfEvents {
    @Bean
    @Agent(topics = "task-events")
    Notifying auditLog() {
      return new Notifying();
    }
  }

  @Test
  void recordsComeFromTopicsThatAreNamed() {
    assertRefused(
        NoTopics.class,
        "The agent bean 'auditLog' takes records, but not of which topics.",
        "@Agent(topics = \".*-events\")");
    assertRefused(
        BrokenTopics.class,
        "The topics of the agent bean 'auditLog' are not a regular expression",
        "Correct @Agent(topics = \"*-events\").");
    assertRefused(
        TopicsOfEvents.class,
        "The agent bean 'auditLog' takes events and names topics in @Agent",
        "spring.cloud.stream.bindings.auditLog-in-0.destination");
  }

  static final class WatchedTypes implements EventTypes {
    @Override
    public Collection<String> in(Environment environment) {
      return List.of(environment.getProperty("watched", String[].class, new String[0]));
    }
  }

  static final class UnsetTypes implements EventTypes {
    @Override
    public Collection<String> in(Environment environment) {
      return List.of();
    }
  }

  static final class MisnamedTypes implements EventTypes {
    @Override
    public Collection<String> in(Environment environment) {
      return List.of("task.create");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfAnyData {
    @Bean
    @Agent(effects = Effects.DATABASE, eventTypes = WatchedTypes.class)
    Function<Event<JsonNode>, NotificationSent> watch() {
      return event -> new NotificationSent(event.data().path("task_id").asString());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfAnyDataAndNoTypes {
    @Bean
    Consumer<Event<JsonNode>> watch() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfAnyDataAndUnsetTypes {
    @Bean
    @Agent(eventTypes = UnsetTypes.class)
    Consumer<Event<JsonNode>> watch() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OfAnyDataAndMisnamedTypes {
    @Bean
    @Agent(eventTypes = MisnamedTypes.class)
    Consumer<Event<JsonNode>> watch() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class RecordsAndTypes {
    @Bean
    @Agent(eventTypes = WatchedTypes.class)
    Notifying watch() {
      return new Notifying();
    }
  }

  @Test
  void typesMayBeSettings() {
    AgentDefinition agent = Objects.requireNonNull(find(OfAnyData.class).get("watch"));

    assertThat(agent.intake())
        .isInstanceOfSatisfying(
            Intake.Events.class,
            events -> {
              assertThat(events.types().all())
                  .extracting(PayloadType::eventType)
                  .containsExactly("task.created", "order.placed");
              assertThat(events.types().all()).allMatch(PayloadType::isOpen);
              assertThat(events.types().topics()).containsExactly("order-events", "task-events");
            });
    assertThat(agent.emits().topics()).containsExactly("notification-events");
  }

  @Test
  void typesThatAreSettingsAreNamed() {
    assertRefused(
        OfAnyDataAndNoTypes.class,
        "The agent bean 'watch' takes events as JsonNode, but not of which types.",
        "@Agent(eventTypes = ...)");
    assertRefused(
        OfAnyDataAndUnsetTypes.class,
        "The agent bean 'watch' is set to take no events.",
        "leave out the bean by a condition");
    assertRefused(
        OfAnyDataAndMisnamedTypes.class,
        "What the agent bean 'watch' is set to take: The event type 'task.create' is an imperative",
        "'task.created'");
    assertRefused(
        RecordsAndTypes.class,
        "The agent bean 'watch' names eventTypes in @Agent",
        "Remove 'eventTypes', or take Event<JsonNode>.");
  }

  @Configuration(proxyBeanMethods = false)
  static class Empty {}

  @Test
  void anApplicationMayHaveNoAgents() {
    assertThat(find(Empty.class)).isEmpty();
  }

  private static void assertRefused(Class<?> configuration, String problem, String action) {
    assertThatExceptionOfType(InvalidAgent.class)
        .isThrownBy(() -> find(configuration))
        .satisfies(
            refused -> {
              assertThat(refused.problem()).contains(problem);
              assertThat(refused.action()).contains(action);
            });
  }
}
