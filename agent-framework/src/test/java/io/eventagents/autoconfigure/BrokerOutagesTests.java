package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.embedded.EmbeddedKafka;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatuses;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** What an application does without a broker, at its start and in the middle of its work. */
@Timeout(180)
class BrokerOutagesTests {

  @EventType("order.placed")
  record OrderPlaced(String orderId) {}

  @EventType("invoice.issued")
  record InvoiceIssued(String orderId) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Function<Event<OrderPlaced>, InvoiceIssued> invoicing() {
      return event -> new InvoiceIssued(event.data().orderId());
    }
  }

  private static ConfigurableApplicationContext start(EmbeddedKafka kafka) {
    return SpringApplication.run(
        Application.class,
        "--spring.main.web-application-type=none",
        "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "--event-agents.topics.partitions=2",
        "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers());
  }

  /** The promise is 10 s; the rest is for a busy machine. */
  private static final Duration AT_WORK_WITHIN = Duration.ofSeconds(20);

  @Test
  void itStartsWithoutABrokerAndLosesNothingWhenTheBrokerGoes() {
    try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
      kafka.stop();
      try (ConfigurableApplicationContext application = start(kafka)) {
        assertThat(application.getBean(AgentStatuses.class))
            .allSatisfy(
                agent -> assertThat(agent.state()).isInstanceOf(AgentState.Connecting.class));

        kafka.start();

        await("work after the broker came")
            .atMost(AT_WORK_WITHIN)
            .untilAsserted(
                () ->
                    assertThat(application.getBean(AgentStatuses.class))
                        .allSatisfy(
                            agent ->
                                assertThat(agent.state()).isInstanceOf(AgentState.Running.class)));
        Set<String> orders =
            IntStream.range(0, 2_000).mapToObj(i -> "order-" + i).collect(Collectors.toSet());
        try (Records records = new Records(kafka.bootstrapServers())) {
          records.awaitTopic("order-events");
          records.send("order-events", "order-first", placed("order-first"));
          awaitInvoices(records, Set.of("order-first"));

          orders.forEach(order -> records.sendWithoutWaiting("order-events", order, placed(order)));
          await()
              .until(
                  () ->
                      application
                              .getBean(AgentStatuses.class)
                              .all()
                              .getFirst()
                              .counts()
                              .handled
                              .sum()
                          > 10);
          kafka.stop();
          kafka.start();

          awaitInvoices(records, orders);
        }
      }
    }
  }

  private static String placed(String order) {
    return "{\"event_id\": \"%1$s-placed\", \"event_type\": \"order.placed\", \"data\": {\"order_id\": \"%1$s\"}}"
        .formatted(order);
  }

  private static void awaitInvoices(Records records, Set<String> orders) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              Set<String> issued = new HashSet<>();
              records
                  .matching("invoice-events", record -> true, 0)
                  .forEach(record -> issued.add(new String(record.key(), UTF_8)));
              assertThat(issued).containsAll(orders);
            });
  }
}
