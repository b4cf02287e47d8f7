package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.embedded.SilentProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database host is lost without a word while its address answers again: callers that wait for it
 * end within the bound and go on over new connections.
 */
@Timeout(300)
class LostDatabaseTests {

  private static final Duration WITHIN = Duration.ofSeconds(90);

  @EventType("ticket.sold")
  record TicketSold(String ticketId) {}

  @EventType("seat.taken")
  record SeatTaken(String ticketId) {}

  @EventType("mail.written")
  record MailWritten(String ticketId) {}

  private static final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private static final AtomicReference<String> losesTheHost = new AtomicReference<>("");
  private static final AtomicReference<SilentProxy> way = new AtomicReference<>();

  private static void met(String what) {
    calls.computeIfAbsent(what, id -> new AtomicInteger()).incrementAndGet();
    if (losesTheHost.get().equals(what)) {
      losesTheHost.set("");
      assertThat(way.get().lose()).isPositive();
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    @Agent(effects = Effects.DATABASE)
    Function<Event<TicketSold>, SeatTaken> seating(JdbcClient jdbc) {
      return event -> {
        jdbc.sql("INSERT INTO seats VALUES (?)").param(event.data().ticketId()).update();
        met("seating " + event.data().ticketId());
        return new SeatTaken(event.data().ticketId());
      };
    }

    @Bean
    @Agent(effects = Effects.EXTERNAL)
    Function<Event<TicketSold>, MailWritten> mailing() {
      return event -> {
        met("mailing " + event.data().ticketId());
        return new MailWritten(event.data().ticketId());
      };
    }
  }

  @Test
  void agentsAndRelayGoOnOverNewConnectionsAndDoNothingTwice() {
    EmbeddedServers.postgreSql().createDatabase("lost-host");
    try (SilentProxy proxy = new SilentProxy(0, EmbeddedServers.postgreSql().port());
        Records records = new Records(EmbeddedServers.kafka().bootstrapServers());
        ConfigurableApplicationContext context = run(proxy)) {
      way.set(proxy);
      JdbcClient jdbc = context.getBean(JdbcClient.class);
      jdbc.sql("CREATE TABLE seats (ticket_id text)").update();
      records.awaitTopic("ticket-events");
      awaitDone(records, "a");

      losesTheHost.set("seating b");
      awaitDone(records, "b");
      losesTheHost.set("mailing c");
      awaitDone(records, "c");

      assertThat(jdbc.sql("SELECT ticket_id FROM seats ORDER BY 1").query(String.class).list())
          .containsExactly("a", "b", "c");
      assertThat(calls.get("mailing c")).hasValue(1);
      assertThat(losesTheHost).hasValue("");
    }
  }

  private static void awaitDone(Records records, String ticket) {
    records.send("ticket-events", ticket, sold(ticket));
    await()
        .atMost(WITHIN)
        .untilAsserted(
            () -> {
              assertThat(calls).containsKeys("seating " + ticket, "mailing " + ticket);
              for (String topic : List.of("seat-events", "mail-events")) {
                records.awaitTopic(topic);
                assertThat(records.matching(topic, record -> isOf(ticket, record.key()), 0))
                    .as(topic)
                    .hasSize(1);
              }
            });
  }

  private static boolean isOf(String ticket, byte[] key) {
    return new String(key, UTF_8).equals(ticket);
  }

  private static String sold(String ticket) {
    return """
    {"event_id": "sold-%1$s", "event_type": "ticket.sold", "occurred_at": "2025-01-15T14:30:22.456Z",
     "data": {"ticket_id": "%1$s"},
     "metadata": {"correlation_id": "req-%1$s", "causation_id": "call", "source": "shop"}}
    """
        .formatted(ticket);
  }

  private static ConfigurableApplicationContext run(SilentProxy proxy) {
    return SpringApplication.run(
        Application.class,
        "--spring.main.web-application-type=none",
        "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers(),
        "--spring.datasource.url=jdbc:postgresql://localhost:%d/lost-host".formatted(proxy.port()),
        "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
        "--spring.datasource.password=" + EmbeddedServers.postgreSql().password(),
        // Instead of a minute and of five seconds.
        "--spring.datasource.hikari.data-source-properties.socketTimeout=3",
        "--spring.datasource.hikari.validation-timeout=1000",
        "--spring.datasource.hikari.maximum-pool-size=4");
  }
}
