package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.EventType;
import io.eventagents.observation.EventTraces;
import io.eventagents.outbox.Outbox;
import io.eventagents.outbox.OutboxEventPublishers;
import io.eventagents.wire.EventWriter;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What a developer reads when an application with a wrong agent does not start. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTests {

  @EventType("task.created")
  record TaskCreated(String taskId) {}

  @EventType("notification.sent")
  record NotificationSent(String taskId) {}

  record Unnamed(String taskId) {}

  @EventType("Task Created")
  record Misnamed(String taskId) {}

  @EventType("task.create")
  record CreateTask(String taskId) {}

  @Configuration(proxyBeanMethods = false)
  static class Fine {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> notificationSms() {
      return event -> new NotificationSent(event.data().taskId());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TakesUnnamed {
    @Bean
    Consumer<Event<Unnamed>> watcher() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TakesMisnamed {
    @Bean
    Consumer<Event<Misnamed>> watcher() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class EmitsImperative {
    @Bean
    Function<Event<TaskCreated>, CreateTask> creator() {
      return event -> new CreateTask(event.data().taskId());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoOfOneName {
    @Bean
    Consumer<Event<TaskCreated>> watcher() {
      return event -> {};
    }

    @Bean
    @Agent(name = "watcher")
    Consumer<Event<TaskCreated>> second() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class AnyEvent {
    @Bean
    Consumer<Event<?>> watcher() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class DatabaseAgent {
    @Bean
    @Agent(effects = Effects.DATABASE)
    Consumer<Event<TaskCreated>> watcher() {
      return event -> {};
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class KeylessPublisher {
    @Bean
    EventPublishers publishers() {
      return new OutboxEventPublishers(
          new Outbox(new DriverManagerDataSource(), "none"),
          new EventWriter(),
          EventTraces.handedOn(),
          Clock.systemUTC());
    }

    @Bean
    EventPublisher<TaskCreated> taskEvents(EventPublishers publishers) {
      return publishers.create("orchestrator", TaskCreated.class);
    }
  }

  @Test
  void aPayloadWithoutANameIsNamed(CapturedOutput output) {
    assertFails(
        output,
        TakesUnnamed.class,
        "The agent bean 'watcher': The payload " + Unnamed.class.getName() + " has no @EventType.",
        "Name the event that it is the data of: @EventType(\"task.created\").");
  }

  @Test
  void aNameThatIsNotDomainActionIsNamed(CapturedOutput output) {
    assertFails(
        output,
        TakesMisnamed.class,
        "The agent bean 'watcher': The payload "
            + Misnamed.class.getName()
            + " is misnamed. The event type 'Task Created' is not of the form domain.action.",
        "Name it like 'task.created': lower case letters, digits, '_' and '-', with one dot.");
  }

  @Test
  void anImperativeIsNamedWithItsPastTense(CapturedOutput output) {
    assertFails(
        output,
        EmitsImperative.class,
        "The agent bean 'creator': The payload "
            + CreateTask.class.getName()
            + " is misnamed. The event type 'task.create' is an imperative ('create').",
        "An event is a fact: name it in the past tense, 'task.created'. A command is not published; take it over HTTP.");
  }

  @Test
  void twoAgentsOfOneNameAreNamed(CapturedOutput output) {
    assertFails(
        output,
        TwoOfOneName.class,
        "The beans 'watcher' and 'second' are both the agent 'watcher'; each would handle a part of the events.",
        "Rename one of the beans, or name it apart with @Agent(name = \"...\").");
  }

  @Test
  void typesThatCannotBeReadAreNamed(CapturedOutput output) {
    assertFails(
        output,
        AnyEvent.class,
        "The types of the agent bean 'watcher' cannot be read: the payload of its Event is not known.",
        "Declare the bean as Function<Event<T>, R> or Consumer<Event<T>>, with T a payload record or a sealed interface");
  }

  @Test
  void retriesThatTakeLongerThanThePollIntervalAreNamed(CapturedOutput output) {
    assertFails(
        output,
        Fine.class,
        "The retries of the agent 'notification-sms' may take 240 s for one event, more than half of"
            + " max.poll.interval.ms (300 s)",
        "Lower event-agents.agents.notification-sms.retry.attempts or .max-delay, or raise"
            + " spring.cloud.stream.kafka.bindings.notificationSms-in-0.consumer.configuration.max.poll.interval.ms.",
        "--event-agents.agents.notification-sms.retry.attempts=21",
        "--event-agents.retry.initial-delay=10s",
        "--event-agents.retry.max-delay=10s");
  }

  @Test
  void chainLimitsThatStopEveryChainAreNamed(CapturedOutput output) {
    assertFails(
        output,
        Fine.class,
        "The chain limits of the agent 'notification-sms' would stop every chain: max-depth is 0;",
        "Correct event-agents.agents.notification-sms.chains.* or event-agents.chains.*.",
        "--event-agents.chains.max-depth=0");
  }

  @Test
  void retrySettingsThatContradictEachOtherAreNamed(CapturedOutput output) {
    assertFails(
        output,
        Fine.class,
        "The retry settings of the agent 'notification-sms' contradict each other: max-delay (PT0.1S) is shorter than"
            + " initial-delay (PT0.5S).",
        "Correct event-agents.agents.notification-sms.retry.* or event-agents.retry.*.",
        "--event-agents.retry.max-delay=100ms");
  }

  @Test
  void anAgentWithEffectsNeedsADatabase(CapturedOutput output) {
    assertFails(
        output,
        DatabaseAgent.class,
        "The agent 'watcher' is of kind DATABASE, which records what it handled in a database, and there is no DataSource.",
        "spring.datasource.url, or declare the agent Effects.NONE where a repeat does no harm.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spring.cloud.function.definition", "spring.cloud.stream.function.definition"})
  void anAgentThatIsAlsoNamedAsAFunctionIsNamed(String property, CapturedOutput output) {
    assertFails(
        output,
        Fine.class,
        property + " names [notificationSms], which the framework binds already.",
        "Remove the agents from " + property + "; only other functions belong there.",
        "--" + property + "=a|b;a|notificationSms");
  }

  @Test
  void functionsThatAreDetectedByThemselvesWouldBindAnAgentTwice(CapturedOutput output) {
    assertFails(
        output,
        Fine.class,
        "spring.cloud.stream.function.autodetect is true, and so an agent would be bound a second time.",
        "Remove it, and name other functions in spring.cloud.function.definition.",
        "--spring.cloud.stream.function.autodetect=true");
  }

  @Test
  void aPublishersPayloadWithoutAKeyIsNamed(CapturedOutput output) {
    assertFails(
        output,
        KeylessPublisher.class,
        "The payload "
            + TaskCreated.class.getName()
            + " is published outside an event and has no key to inherit.",
        "Mark the component that holds the id of its entity with @EntityKey.");
  }

  private static void assertFails(
      CapturedOutput output,
      Class<?> configuration,
      String problem,
      String action,
      String... args) {
    assertThatThrownBy(() -> OnTestBinder.run(configuration, args).close()).isNotNull();
    assertThat(output)
        .contains("APPLICATION FAILED TO START")
        .doesNotContain("\tat ")
        .matches(
            text -> text.toString().indexOf(problem) > text.toString().indexOf("Description:"),
            "describes: " + problem)
        .matches(
            text -> text.toString().lastIndexOf(action) > text.toString().indexOf("Action:"),
            "advises: " + action);
  }
}
