package io.eventagents.autoconfigure;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.embedded.GuardedKafka;
import io.eventagents.inbox.InboxProperties;
import io.eventagents.topic.BrokerAdmin;
import io.eventagents.topic.TopicProvisioner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** How long topics keep events, which the broker may refuse to tell for a while. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class InboxRetentionTests {

  private static final String USER = "agents";
  private static final String PASSWORD = "right";
  private static final String TOO_LONG = "parcel-events keeps events up to 13 days";
  private static final String NOT_TOLD = "How long topics keep events cannot be told";

  @EventType("parcel.sent")
  record ParcelSent(String parcelId) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    @Agent(effects = Effects.EXTERNAL)
    Consumer<Event<ParcelSent>> tracking() {
      return event -> {};
    }
  }

  /** Keeps what is scheduled and how often; runs it when the test says so. */
  private static final class ManualScheduler extends SimpleAsyncTaskScheduler {

    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<ScheduledFuture<?>> made = new ArrayList<>();

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, Instant start, Duration delay) {
      ScheduledFuture<?> never =
          super.scheduleWithFixedDelay(task, Instant.now().plus(Duration.ofDays(1)), delay);
      tasks.add(task);
      pauses.add(delay);
      made.add(never);
      return never;
    }

    void run() {
      tasks.getLast().run();
    }
  }

  @Test
  void isAskedForAgainWhileItIsNotToldAndWarnedOfOnce(CapturedOutput output) {
    EmbeddedServers.start();
    try (GuardedKafka kafka = GuardedKafka.start();
        ManualScheduler scheduler = new ManualScheduler()) {
      kafka.user(USER, PASSWORD);
      kafka.allowEverything(USER);
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--spring.main.web-application-type=none", "--event-agents.inbox.retention=1d"));
      arguments.addAll(kafka.springArguments(USER, PASSWORD));
      try (ConfigurableApplicationContext context =
          OnServers.run(Application.class, "inbox_retention", arguments.toArray(String[]::new))) {
        // The application's own instance has looked.
        await().atMost(Duration.ofSeconds(60)).until(() -> output.getOut().contains(TOO_LONG));
        int told = times(TOO_LONG, output);
        kafka.deny(USER, TOPIC, "parcel-events", DESCRIBE_CONFIGS);
        InboxRetention retention =
            new InboxRetention(
                context.getBean(AgentDefinitions.class),
                context.getBean(BindingServiceProperties.class),
                context.getBean(TopicProvisioner.class),
                context.getBean(BrokerAdmin.class),
                context.getBeanProvider(InboxProperties.class),
                scheduler);

        retention.start();
        await()
            .untilAsserted(
                () -> {
                  scheduler.run();
                  assertThat(output).contains(NOT_TOLD);
                });
        scheduler.run();
        scheduler.run();

        assertThat(times(NOT_TOLD, output)).isOne();
        assertThat(retention.isRunning()).isTrue();
        assertThat(scheduler.pauses.getLast()).isGreaterThan(scheduler.pauses.getFirst());
        assertThat(scheduler.made.getFirst().isCancelled()).isTrue();

        kafka.denyNoMore(USER, TOPIC, "parcel-events", DESCRIBE_CONFIGS);
        await()
            .untilAsserted(
                () -> {
                  scheduler.run();
                  assertThat(times(TOO_LONG, output)).isEqualTo(told + 1);
                });
        assertThat(retention.isRunning()).isFalse();
        assertThat(scheduler.made.getLast().isCancelled()).isTrue();
      }
    }
  }

  private static int times(String text, CapturedOutput output) {
    return output.getOut().split(java.util.regex.Pattern.quote(text), -1).length - 1;
  }
}
