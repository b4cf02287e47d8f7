package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.Agent;
import io.eventagents.Cause;
import io.eventagents.Effects;
import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventHeaders;
import io.eventagents.EventPublisher;
import io.eventagents.EventPublishers;
import io.eventagents.EventType;
import io.eventagents.RejectedEvent;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.observation.ConsumerLag;
import io.eventagents.topic.BrokerAdmin;
import io.eventagents.wire.RunawayChain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Agents that answer each other on a real broker, and would do so for ever if nothing stopped them.
 */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class RunawayChainsTests {

  @EventType("ball.served")
  record BallServed(@EntityKey String ballId) {}

  @EventType("ball.returned")
  record BallReturned(String ballId) {}

  @EventType("echo.heard")
  record EchoHeard(String echoId) {}

  @EventType("rumour.spread")
  record RumourSpread(@EntityKey String rumourId) {}

  @EventType("mile.walked")
  record MileWalked(String walkId, int left) {}

  @EventType("step.taken")
  record StepTaken(String stepId) {}

  @EventType("delivery.failed")
  record Failure(String agent) {}

  private static final String TROUBLE = "trouble-";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What the agents met, by agent and entity. */
  static final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  private static void met(String agent, String entity) {
    calls.computeIfAbsent(agent + " " + entity, key -> new AtomicInteger()).incrementAndGet();
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {

    @Bean
    Function<Event<BallServed>, BallReturned> chainPing() {
      return event -> {
        met("chain-ping", event.data().ballId());
        return new BallReturned(event.data().ballId());
      };
    }

    @Bean
    @Agent(effects = Effects.DATABASE)
    Function<Event<BallReturned>, BallServed> chainPong() {
      return event -> {
        met("chain-pong", event.data().ballId());
        return new BallServed(event.data().ballId());
      };
    }

    @Bean
    @Agent(effects = Effects.EXTERNAL)
    Function<Event<EchoHeard>, EchoHeard> chainEcho() {
      return event -> {
        met("chain-echo", event.data().echoId());
        return event.data();
      };
    }

    @Bean
    EventPublisher<RumourSpread> rumours(EventPublishers publishers) {
      return publishers.create("chain-gossip", RumourSpread.class);
    }

    /** It publishes by itself instead of returning. */
    @Bean
    @Agent(effects = Effects.DATABASE)
    Consumer<Event<RumourSpread>> chainGossip(EventPublisher<RumourSpread> rumours) {
      return event -> {
        met("chain-gossip", event.data().rumourId());
        rumours.publish(event.data(), Cause.event(event));
      };
    }

    @Bean
    Function<Event<MileWalked>, Optional<MileWalked>> chainWalker() {
      return event -> {
        met("chain-walker", event.data().walkId());
        return event.data().left() == 0
            ? Optional.empty()
            : Optional.of(new MileWalked(event.data().walkId(), event.data().left() - 1));
      };
    }

    @Bean
    Consumer<Event<StepTaken>> chainShallow() {
      return event -> met("chain-shallow", event.data().stepId());
    }

    /** It fails on every failure of its own chains, its own failures included. */
    @Bean
    Consumer<Event<Failure>> chainPessimist() {
      return event -> {
        if (event.metadata().correlationId().startsWith(TROUBLE)) {
          met("chain-pessimist", event.metadata().correlationId());
          throw new RejectedEvent("it is always the same");
        }
      };
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
            "runaway_chains",
            "--spring.main.web-application-type=none",
            "--event-agents.topics.partitions=2",
            "--event-agents.agents.chain-walker.chains.max-repeats=60",
            "--event-agents.agents.chain-shallow.chains.max-depth=3");
  }

  @AfterAll
  static void stop() {
    application.close();
    records.close();
  }

  @Test
  void twoAgentsThatAnswerEachOtherAreStopped(CapturedOutput output) {
    String ball = "ball-" + UUID.randomUUID();

    send("ball-events", ball, "ball.served", "{\"ball_id\": \"%s\"}".formatted(ball), null);

    ConsumerRecord<byte[], byte[]> letter = about("chain-ping-dead-letters", ball, 1).getFirst();
    assertThat(header(letter, "dead_letter_reason"))
        .isEqualTo(
            "The chain goes round in circles: the event goes back to 11 others of chain-ping"
                + " itself, max-repeats is 10");
    assertThat(header(letter, "dead_letter_exception")).isEqualTo(RunawayChain.class.getName());
    assertThat(header(letter, EventHeaders.ANCESTRY)).isEqualTo("22;chain-ping=11,chain-pong=11");
    assertThat(calls("chain-ping", ball)).isEqualTo(11);
    assertThat(calls("chain-pong", ball)).isEqualTo(11);
    // All that was served and returned, and nothing behind it.
    assertThat(about("ball-events", ball, 23)).hasSize(23);
    ConsumerRecord<byte[], byte[]> told = about("delivery-events", ball, 1).getFirst();
    assertThat(header(told, "event_type")).isEqualTo("delivery.failed");
    assertThat(header(told, "correlation_id")).isEqualTo("req-" + ball);
    assertThat(header(told, EventHeaders.ANCESTRY)).isEqualTo("23;chain-ping=12,chain-pong=11");
    assertThat(new String(told.value(), UTF_8)).contains("round in circles");
    awaitNoLag("chain-ping", "chain-pong");
    assertThat(status("chain-ping").counts().stopped.sum()).isPositive();
    await().atMost(PATIENCE).until(() -> output.getAll().contains("chain-ping stopped a chain"));
  }

  @Test
  void anAgentThatAnswersItselfIsStopped() {
    String echo = "echo-" + UUID.randomUUID();

    send("echo-events", echo, "echo.heard", "{\"echo_id\": \"%s\"}".formatted(echo), null);

    assertThat(header(about("chain-echo-dead-letters", echo, 1).getFirst(), "dead_letter_reason"))
        .contains("11 others of chain-echo");
    assertThat(calls("chain-echo", echo)).isEqualTo(11);
    assertThat(about("echo-events", echo, 12)).hasSize(12);
    awaitNoLag("chain-echo");
  }

  @Test
  void anAgentThatPublishesItsAnswerIsStoppedToo() {
    String rumour = "rumour-" + UUID.randomUUID();

    send(
        "rumour-events",
        rumour,
        "rumour.spread",
        "{\"rumour_id\": \"%s\"}".formatted(rumour),
        null);

    about("chain-gossip-dead-letters", rumour, 1);
    assertThat(calls("chain-gossip", rumour)).isEqualTo(11);
    assertThat(about("rumour-events", rumour, 12)).hasSize(12);
    awaitNoLag("chain-gossip");
  }

  @Test
  void aLongChainThatIsMeantToBeRunsToItsEnd() {
    String walk = "walk-" + UUID.randomUUID();

    send(
        "mile-events",
        walk,
        "mile.walked",
        "{\"walk_id\": \"%s\", \"left\": 50}".formatted(walk),
        null);

    await().atMost(PATIENCE).until(() -> calls("chain-walker", walk) == 51);
    awaitNoLag("chain-walker");
    assertThat(status("chain-walker").counts().deadLettered.sum()).isZero();
  }

  @Test
  void anAgentsOwnLimitHolds() {
    String step = "step-" + UUID.randomUUID();
    String far = "far-" + step;

    send("step-events", step, "step.taken", "{\"step_id\": \"%s\"}".formatted(step), "3;a=3");
    send("step-events", far, "step.taken", "{\"step_id\": \"%s\"}".formatted(far), "4;a=4");

    assertThat(header(about("chain-shallow-dead-letters", far, 1).getFirst(), "dead_letter_reason"))
        .isEqualTo("The chain runs away: the event goes back to 4 others, max-depth is 3");
    await().atMost(PATIENCE).until(() -> calls("chain-shallow", step) == 1);
    assertThat(calls("chain-shallow", far)).isZero();
  }

  @Test
  void aReplayOfAStoppedEventIsStoppedAgain() {
    String far = "again-" + UUID.randomUUID();
    send("step-events", far, "step.taken", "{\"step_id\": \"%s\"}".formatted(far), "4");
    ConsumerRecord<byte[], byte[]> letter = about("chain-shallow-dead-letters", far, 1).getFirst();

    records.send(
        new ProducerRecord<>(
            "chain-shallow-replays", null, letter.key(), letter.value(), letter.headers()));

    assertThat(about("chain-shallow-dead-letters", far, 2)).hasSize(2);
    assertThat(calls("chain-shallow", far)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "many", "-5", "99999999999999999999", "5;=", "\u0000"})
  void aForeignHeaderThatCannotBeReadStopsNothing(String ancestry) {
    String step = "odd-" + UUID.randomUUID();

    send("step-events", step, "step.taken", "{\"step_id\": \"%s\"}".formatted(step), ancestry);

    await().atMost(PATIENCE).until(() -> calls("chain-shallow", step) == 1);
  }

  @Test
  void whoFailsOnItsOwnFailuresIsStopped() {
    String chain = TROUBLE + UUID.randomUUID();

    records.send(
        "delivery-events",
        chain,
        """
        {"event_id": "%1$s-1", "event_type": "delivery.failed", "data": {"agent": "another"},
         "metadata": {"correlation_id": "%1$s"}}
        """
            .formatted(chain));

    List<ConsumerRecord<byte[], byte[]>> letters = about("chain-pessimist-dead-letters", chain, 12);
    assertThat(letters).hasSize(12);
    assertThat(calls("chain-pessimist", chain)).isEqualTo(11);
    // Of the last one, which was stopped, nobody is told: it would be stopped as well, for ever.
    assertThat(about("delivery-events", chain, 12)).hasSize(12);
    assertThat(letters)
        .filteredOn(letter -> letter.headers().lastHeader("dead_letter_failed_event_id") == null)
        .singleElement()
        .satisfies(
            letter ->
                assertThat(header(letter, "dead_letter_reason")).contains("round in circles"));
    awaitNoLag("chain-pessimist");
  }

  private static void send(
      String topic, String key, String type, String data, @Nullable String ancestry) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            key.getBytes(UTF_8),
            """
            {"event_id": "%1$s-0", "event_type": "%2$s", "data": %3$s,
             "metadata": {"correlation_id": "req-%1$s", "causation_id": "call", "source": "test"}}
            """
                .formatted(key, type, data)
                .getBytes(UTF_8));
    if (ancestry != null) {
      record.headers().add(EventHeaders.ANCESTRY, ancestry.getBytes(UTF_8));
    }
    records.send(record);
  }

  private static int calls(String agent, String entity) {
    AtomicInteger count = calls.get(agent + " " + entity);
    return count == null ? 0 : count.get();
  }

  private static List<ConsumerRecord<byte[], byte[]>> about(String topic, String key, int count) {
    records.awaitTopic(topic);
    return records.matching(
        topic,
        record -> record.key() != null && new String(record.key(), UTF_8).equals(key),
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

  private static void awaitNoLag(String... agents) {
    ConsumerLag lag = new ConsumerLag(application.getBean(BrokerAdmin.class));
    for (String agent : agents) {
      await().atMost(PATIENCE).until(() -> lag.of(agent, List.of()).equals(Optional.of(0L)));
    }
  }
}
