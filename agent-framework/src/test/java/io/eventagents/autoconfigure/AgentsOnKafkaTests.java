package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Agent;
import io.eventagents.DependencyUnavailable;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventType;
import io.eventagents.RejectedEvent;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Agents of every kind on a real broker and a real database: what they handle, and what becomes of
 * what they cannot handle.
 */
@Timeout(120)
class AgentsOnKafkaTests {

  @EventType("order.placed")
  record OrderPlaced(String orderId, String mode) {}

  @EventType("invoice.issued")
  record InvoiceIssued(String orderId) {}

  @EventType("parcel.packed")
  record ParcelPacked(String orderId) {}

  @EventType("customer.told")
  record CustomerTold(String orderId) {}

  /** What the agents met, by agent and order. */
  static final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  static final AtomicBoolean gatewayIsDown = new AtomicBoolean();

  private static void met(String agent, OrderPlaced order) {
    int call =
        calls
            .computeIfAbsent(agent + " " + order.orderId(), key -> new AtomicInteger())
            .incrementAndGet();
    switch (order.mode()) {
      case "rejected" -> throw new RejectedEvent("no such product");
      case "broken" -> throw new IllegalStateException("the shelf fell over");
      case "broken twice" -> {
        if (call <= 2) {
          throw new IllegalStateException("the shelf shook");
        }
      }
      case "gateway" -> {
        if (gatewayIsDown.get()) {
          throw new DependencyUnavailable("gateway.example", null);
        }
      }
      default -> {}
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Function<Event<OrderPlaced>, InvoiceIssued> invoicing() {
      return event -> {
        met("invoicing", event.data());
        return new InvoiceIssued(event.data().orderId());
      };
    }

    @Bean
    @Agent(effects = Effects.DATABASE)
    Function<Event<OrderPlaced>, List<ParcelPacked>> packing(JdbcClient jdbc) {
      return event -> {
        jdbc.sql("INSERT INTO parcels VALUES (?)").param(event.data().orderId()).update();
        met("packing", event.data());
        return List.of(new ParcelPacked(event.data().orderId()));
      };
    }

    @Bean
    @Agent(effects = Effects.EXTERNAL)
    Function<Event<OrderPlaced>, CustomerTold> telling() {
      return event -> {
        met("telling", event.data());
        return new CustomerTold(event.data().orderId());
      };
    }

    @Bean
    Consumer<Event<CustomerTold>> counting() {
      return event -> met("counting", new OrderPlaced(event.data().orderId(), "good"));
    }
  }

  private static Records records;
  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() {
    EmbeddedServers.start();
    records = new Records(EmbeddedServers.kafka().bootstrapServers());
    application =
        OnServers.run(
            Application.class,
            "agents_on_kafka",
            "--spring.main.web-application-type=none",
            "--event-agents.topics.partitions=3",
            "--event-agents.retry.initial-delay=20ms",
            "--event-agents.retry.attempts=3");
    application.getBean(JdbcClient.class).sql("CREATE TABLE parcels (order_id text)").update();
  }

  @AfterAll
  static void stop() {
    application.close();
    records.close();
  }

  private static String newOrder() {
    return "order-" + UUID.randomUUID();
  }

  private static void place(String orderId, String mode) {
    records.send("order-events", orderId, placed(orderId, mode));
  }

  /** An event that happened long ago, whenever it is published. */
  private static String placed(String orderId, String mode) {
    return """
        {"event_id": "%1$s-placed", "event_type": "order.placed", "occurred_at": "2025-01-15T14:30:22.456Z", "surprise": [1],
         "data": {"order_id": "%1$s", "mode": "%2$s", "unread": {"a": 1}},
         "metadata": {"correlation_id": "req-%1$s", "causation_id": "call", "source": "shop"}}
        """
        .formatted(orderId, mode);
  }

  private static void publishedLongAgo(String topic, String orderId) {
    long longAgo = Instant.now().minus(Duration.ofDays(2)).toEpochMilli();
    records.send(
        new ProducerRecord<>(
            topic,
            null,
            longAgo,
            orderId.getBytes(UTF_8),
            placed(orderId, "good").getBytes(UTF_8)));
  }

  private static int calls(String agent, String orderId) {
    AtomicInteger count = calls.get(agent + " " + orderId);
    return count == null ? 0 : count.get();
  }

  private static List<ConsumerRecord<byte[], byte[]>> about(
      String topic, String orderId, int count) {
    return records.matching(
        topic,
        record -> record.key() != null && new String(record.key(), UTF_8).equals(orderId),
        count);
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static AgentStatus status(String agent) {
    return StreamSupport.stream(application.getBean(AgentStatuses.class).spliterator(), false)
        .filter(one -> one.agent().name().equals(agent))
        .findFirst()
        .orElseThrow();
  }

  private static int parcels(String orderId) {
    return application
        .getBean(JdbcClient.class)
        .sql("SELECT count(*) FROM parcels WHERE order_id = ?")
        .param(orderId)
        .query(Integer.class)
        .single();
  }

  @Test
  void everyAgentEmitsInTheChainOfItsCause() {
    String order = newOrder();

    place(order, "good");

    ConsumerRecord<byte[], byte[]> invoice = about("invoice-events", order, 1).getFirst();
    assertThat(new String(invoice.value(), UTF_8))
        .matches(
            "\\{\"event_id\":\"%s\",\"event_type\":\"invoice.issued\",\"occurred_at\":\"[^\"]+Z\",\"data\":\\{\"order_id\":\"%s\"},\"metadata\":\\{\"correlation_id\":\"req-%s\",\"causation_id\":\"%s-placed\",\"source\":\"invoicing\"}}"
                .formatted(
                    EventIds.derive("invoicing", order + "-placed", "invoice.issued", 0),
                    order,
                    order,
                    order));
    assertThat(header(invoice, "event_type")).isEqualTo("invoice.issued");
    assertThat(header(invoice, "correlation_id")).isEqualTo("req-" + order);
    assertThat(header(invoice, "causation_id")).isEqualTo(order + "-placed");
    assertThat(header(invoice, "source")).isEqualTo("invoicing");
    assertThat(about("parcel-events", order, 1)).hasSize(1);
    assertThat(about("customer-events", order, 1)).hasSize(1);
    await().until(() -> calls("counting", order) == 1);
  }

  @Test
  void thousandsOfEventsGoThroughEachOnce() {
    List<String> orders = IntStream.range(0, 3_000).mapToObj(i -> newOrder()).toList();

    orders.forEach(
        order -> records.sendWithoutWaiting("order-events", order, placed(order, "good")));

    Set<String> expected = Set.copyOf(orders);
    List<String> issued =
        records
            .matching("invoice-events", record -> expected.contains(key(record)), orders.size())
            .stream()
            .map(AgentsOnKafkaTests::key)
            .toList();

    assertThat(issued).hasSize(orders.size()).doesNotHaveDuplicates();
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? "" : new String(record.key(), UTF_8);
  }

  @Test
  void aRejectedEventGoesToTheDeadLettersAtOnceAsItCame() {
    String order = newOrder();

    place(order, "rejected");

    for (String agent : List.of("invoicing", "packing", "telling")) {
      ConsumerRecord<byte[], byte[]> letter = about(agent + "-dead-letters", order, 1).getFirst();
      assertThat(calls(agent, order)).isEqualTo(agent.equals("packing") ? 2 : 1);
      assertThat(new String(letter.value(), UTF_8)).contains("\"surprise\": [1]");
      assertThat(header(letter, "dead_letter_reason")).isEqualTo("no such product");
      assertThat(header(letter, "dead_letter_agent")).isEqualTo(agent);
      assertThat(header(letter, "dead_letter_attempts")).isEqualTo("1");
      assertThat(header(letter, "dead_letter_topic")).isEqualTo("order-events");
      assertThat(header(letter, "dead_letter_exception")).isEqualTo(RejectedEvent.class.getName());
    }
    assertThat(about("delivery-events", order, 3))
        .allSatisfy(
            told -> {
              assertThat(header(told, "event_type")).isEqualTo("delivery.failed");
              assertThat(header(told, "correlation_id")).isEqualTo("req-" + order);
              assertThat(header(told, "causation_id")).isEqualTo(order + "-placed");
            });
    assertThat(parcels(order)).isZero();
  }

  @Test
  void anythingElseIsTriedAgainAndThenDeadLettered() {
    String broken = newOrder();
    String recovering = newOrder();

    place(broken, "broken");
    place(recovering, "broken twice");

    assertThat(
            header(about("invoicing-dead-letters", broken, 1).getFirst(), "dead_letter_attempts"))
        .isEqualTo("3");
    assertThat(header(about("telling-dead-letters", broken, 1).getFirst(), "dead_letter_reason"))
        .isEqualTo("IllegalStateException: the shelf fell over");
    assertThat(header(about("packing-dead-letters", broken, 1).getFirst(), "dead_letter_attempts"))
        .isEqualTo("3");
    assertThat(calls("invoicing", broken)).isEqualTo(3);
    assertThat(about("invoice-events", recovering, 1)).hasSize(1);
    assertThat(about("parcel-events", recovering, 1)).hasSize(1);
    assertThat(about("customer-events", recovering, 1)).hasSize(1);
    assertThat(parcels(broken)).isZero();
    assertThat(parcels(recovering)).isOne();
  }

  @Test
  void aDatabaseEffectHappensOnceHoweverOftenTheEventComes() {
    String order = newOrder();
    String last = newOrder();

    place(order, "good");
    place(order, "good");
    about("parcel-events", order, 1);
    place(order, "good");
    // The same key, so the same partition: when it is handled, what came before it is.
    records.send("order-events", order, placed(last, "good"));
    about("parcel-events", order, 2);

    assertThat(parcels(order)).isOne();
    assertThat(calls("telling", order)).isOne();
    assertThat(about("parcel-events", order, 2)).hasSize(2);
  }

  @Test
  void anOutagePausesTheAgentsConcernedAndLosesNothing() {
    String order = newOrder();
    String other = newOrder();
    gatewayIsDown.set(true);

    place(order, "gateway");
    await()
        .untilAsserted(
            () ->
                assertThat(List.of("invoicing", "packing", "telling"))
                    .allSatisfy(
                        agent ->
                            assertThat(status(agent).state())
                                .isInstanceOfSatisfying(
                                    AgentState.Waiting.class,
                                    waiting ->
                                        assertThat(waiting.dependency())
                                            .isEqualTo("gateway.example"))));
    place(other, "good");
    gatewayIsDown.set(false);

    for (String topic : List.of("invoice-events", "parcel-events", "customer-events")) {
      assertThat(about(topic, order, 1)).isNotEmpty();
      assertThat(about(topic, other, 1)).isNotEmpty();
    }
    assertThat(records.matching("telling-dead-letters", record -> key(record).equals(order), 0))
        .isEmpty();
    assertThat(parcels(order)).isOne();
    await().until(() -> status("telling").state() instanceof AgentState.Running);
  }

  @Test
  void anOldEventIsLeftByAgentsThatCallOthersUnlessItIsReplayed() {
    String order = newOrder();

    publishedLongAgo("order-events", order);
    about("invoice-events", order, 1);
    about("parcel-events", order, 1);
    long invoiced = calls("invoicing", order);
    publishedLongAgo("telling-replays", order);

    assertThat(about("customer-events", order, 1)).hasSize(1);
    assertThat(calls("telling", order)).isOne();
    assertThat(calls("invoicing", order)).isEqualTo((int) invoiced);
  }

  @Test
  void whatIsNoEventIsDeadLetteredOrSkippedNextToGoodOnes() {
    String order = newOrder();
    long unreadable = status("invoicing").counts().unreadable.sum();
    long skipped = status("invoicing").counts().skipped.sum();

    records.send(
        "order-events",
        order,
        "{\"event_type\": \"order.placed\", \"data\": {\"order_id\": \"x\"}}");
    records.send("order-events", order, "not json");
    records.send(
        "order-events",
        order,
        "{\"event_id\": \"c\", \"event_type\": \"order.cancelled\", \"data\": {}}");
    records.send(
        "order-events",
        order,
        "{\"event_id\": \"d\", \"event_type\": \"order.placed\", \"data\": {\"order_id\": 7}}");
    ProducerRecord<byte[], byte[]> otherByHeader =
        new ProducerRecord<>(
            "order-events",
            order.getBytes(UTF_8),
            "{\"event_type\": \"order.placed\"".getBytes(UTF_8));
    otherByHeader.headers().add("event_type", "order.shipped".getBytes(UTF_8));
    records.send(otherByHeader);
    records.send(new ProducerRecord<>("order-events", order.getBytes(UTF_8), null));
    place(order, "good");

    assertThat(about("invoice-events", order, 1)).hasSize(1);
    assertThat(about("invoicing-dead-letters", order, 2))
        .extracting(letter -> header(letter, "dead_letter_reason"))
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("event_id is missing"),
            second -> assertThat(second).contains("data").contains("OrderPlaced"));
    assertThat(about("packing-dead-letters", order, 2)).hasSize(2);
    assertThat(about("telling-dead-letters", order, 2)).hasSize(2);
    await()
        .untilAsserted(
            () -> {
              assertThat(status("invoicing").counts().unreadable.sum()).isEqualTo(unreadable + 2);
              assertThat(status("invoicing").counts().skipped.sum()).isEqualTo(skipped + 2);
            });
  }
}
