package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventType;
import io.eventagents.embedded.EmbeddedServers;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

class AgentsOnKafkaTest {

  @EventType("order.placed")
  record OrderPlaced(String orderId) {}

  @EventType("invoice.issued")
  record InvoiceIssued(@EntityKey String invoiceId, String orderId) {}

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Function<Event<OrderPlaced>, InvoiceIssued> invoicing() {
      return event ->
          new InvoiceIssued("invoice-" + event.data().orderId(), event.data().orderId());
    }
  }

  @Test
  void anAgentIsOneBean() {
    try (Records records = new Records(EmbeddedServers.kafka().bootstrapServers());
        ConfigurableApplicationContext application =
            SpringApplication.run(
                Application.class,
                "--spring.main.web-application-type=none",
                "--event-agents.database.enabled=false",
                "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
                "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers())) {
      records.send(
          "order-events",
          "order-9",
          """
          {"event_id": "e-1", "event_type": "order.placed", "occurred_at": "2025-01-15T15:02:00Z",
           "data": {"order_id": "order-9"}, "metadata": {"correlation_id": "req-1", "causation_id": "c", "source": "x"}}
          """);

      ConsumerRecord<byte[], byte[]> invoice = records.next("invoice-events");

      assertThat(new String(invoice.key(), UTF_8)).isEqualTo("invoice-order-9");
      assertThat(new String(invoice.value(), UTF_8))
          .contains(
              "\"correlation_id\":\"req-1\"",
              EventIds.derive("invoicing", "e-1", "invoice.issued", 0));
    }
  }
}
