package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.RejectedEvent;
import io.eventagents.embedded.GuardedKafka;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.observation.AgentsHealthIndicator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;

/** What agents do while the broker is there but refuses them, and when it no longer does. */
@Timeout(300)
class RefusingBrokerTests {

  private static final String USER = "agents";
  private static final String PASSWORD = "right";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @EventType("order.placed")
  record OrderPlaced(String orderId) {}

  @EventType("invoice.issued")
  record InvoiceIssued(String orderId) {}

  /** What the next batch throws to end its container. */
  static final AtomicBoolean errs = new AtomicBoolean();

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Function<Event<OrderPlaced>, InvoiceIssued> invoicing() {
      return event -> {
        if (event.data().orderId().startsWith("rejected")) {
          throw new RejectedEvent("no such order");
        }
        return new InvoiceIssued(event.data().orderId());
      };
    }

    @Bean
    ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> errors() {
      return (container, destination, group) -> intercept(container);
    }

    private static <K, V> void intercept(AbstractMessageListenerContainer<K, V> container) {
      container.setBatchInterceptor(
          new BatchInterceptor<K, V>() {
            @Override
            public @Nullable ConsumerRecords<K, V> intercept(
                ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
              if (errs.getAndSet(false)) {
                throw new AssertionError("outside of all handling");
              }
              return records;
            }
          });
    }
  }

  private static GuardedKafka kafka;
  private static ConfigurableApplicationContext application;
  private static Records records;
  private static int orders;

  private long ended;

  @BeforeAll
  static void startAll() {
    kafka = GuardedKafka.start();
    kafka.user(USER, PASSWORD);
    kafka.allowEverything(USER);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=none",
                "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "--event-agents.topics.partitions=2"));
    arguments.addAll(kafka.springArguments(USER, PASSWORD));
    application = SpringApplication.run(Application.class, arguments.toArray(String[]::new));
    records = new Records(kafka.administrator());
    records.awaitTopic("order-events");
  }

  @AfterAll
  static void stopAll() {
    records.close();
    application.close();
    kafka.close();
  }

  @BeforeEach
  void itWorks() {
    awaitInvoice(place());
    awaitUp();
    ended = status().counts().ended.sum();
  }

  @AfterEach
  void nothingIsRefused() {
    kafka.denyNothing(USER);
  }

  @Test
  void aTopicThatItMayNotReadIsNamedAndGoneOnWithWhenItMay() {
    kafka.deny(USER, TOPIC, "order-events", READ);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(status().withheld()).containsOnlyKeys("order-events"));

    String order = place();
    assertThat(health().toString()).contains("may_not_read", "order-events");
    assertThat(healthStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    kafka.denyNoMore(USER, TOPIC, "order-events", READ);

    awaitInvoice(order);
    awaitUp();
    assertThat(status().counts().ended.sum()).as("it kept its consumer").isEqualTo(ended);
  }

  @Test
  void aTopicThatItMayNotEvenSeeIsNamedAndGoneOnWithWhenItMay() {
    kafka.deny(USER, TOPIC, "order-events", READ, DESCRIBE);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(status().withheld()).containsOnlyKeys("order-events"));

    String order = place();
    kafka.denyNoMore(USER, TOPIC, "order-events", READ, DESCRIBE);

    awaitInvoice(order);
    awaitUp();
  }

  @Test
  void aGroupThatItMayNotUseIsWaitedFor() {
    kafka.deny(USER, GROUP, "invoicing", READ);
    String order = place();
    awaitState("group");

    assertThat(healthStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    kafka.denyNoMore(USER, GROUP, "invoicing", READ);

    awaitInvoice(order);
    awaitUp();
  }

  @Test
  void aPasswordThatIsWrongForAWhileIsWaitedFor() {
    kafka.user(USER, "another");
    // Who is connected already is not asked for it again.
    kafka.broker().stop();
    kafka.broker().start();
    String order = place();
    awaitState("Authentication");

    assertThat(healthStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    kafka.user(USER, PASSWORD);

    awaitInvoice(order);
    awaitUp();
  }

  @Test
  void whatItMayNotWriteIsWaitedForAndNotGivenUp() {
    kafka.deny(USER, TOPIC, "invoice-events", WRITE);
    String order = place();
    awaitState("invoice-events");

    assertThat(status().counts().deadLettered.sum()).isZero();
    kafka.denyNoMore(USER, TOPIC, "invoice-events", WRITE);

    awaitInvoice(order);
    awaitUp();
  }

  @Test
  void aDeadLetterThatItMayNotWriteIsKept() {
    kafka.deny(USER, TOPIC, "invoicing-dead-letters", WRITE);
    String order = place("rejected-" + orders++);
    awaitState("invoicing-dead-letters");

    kafka.denyNoMore(USER, TOPIC, "invoicing-dead-letters", WRITE);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(records.matching("invoicing-dead-letters", any -> true, 0))
                    .extracting(letter -> new String(letter.key(), UTF_8))
                    .contains(order));
    status().counts().deadLettered.reset();
    awaitUp();
  }

  @Test
  void aConsumerThatAnErrorEndsIsStartedAgain() {
    errs.set(true);

    awaitInvoice(place());
    awaitUp();
    assertThat(status().counts().ended.sum()).isEqualTo(ended + 1);
  }

  @Test
  void aBindingThatIsStoppedIsNeverUpAndIsLeftStopped() {
    BindingsLifecycleController bindings = application.getBean(BindingsLifecycleController.class);

    bindings.stop("invoicing-in-0");
    String order = place();

    awaitState("stopped on request");
    assertThat(healthStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    bindings.start("invoicing-in-0");
    awaitInvoice(order);
    awaitUp();
    assertThat(status().counts().ended.sum()).as("it did not end by itself").isEqualTo(ended);
  }

  private static AgentStatus status() {
    return application.getBean(AgentStatuses.class).all().getFirst();
  }

  private static Object health() {
    return application.getBean(AgentsHealthIndicator.class).health().getDetails();
  }

  private static Status healthStatus() {
    return application.getBean(AgentsHealthIndicator.class).health().getStatus();
  }

  private static void awaitUp() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(healthStatus()).as("%s", health()).isEqualTo(Status.UP));
    assertThat(status().state()).isInstanceOf(AgentState.Running.class);
  }

  private static void awaitState(String reason) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(status().state().toString()).contains(reason));
  }

  private static String place() {
    return place("order-" + orders++);
  }

  private static String place(String order) {
    records.send(
        "order-events",
        order,
        "{\"event_id\": \"%1$s-placed\", \"event_type\": \"order.placed\", \"data\": {\"order_id\": \"%1$s\"}}"
            .formatted(order));
    return order;
  }

  private static void awaitInvoice(String order) {
    await("the invoice of " + order)
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(records.matching("invoice-events", any -> true, 0))
                    .as("%s", status().state())
                    .extracting(record -> new String(record.key(), UTF_8))
                    .contains(order));
  }
}
