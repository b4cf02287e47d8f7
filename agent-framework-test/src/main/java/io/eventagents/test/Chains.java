package io.eventagents.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.CorrelationId;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.observation.AgentCounts;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventTypeName;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.PayloadTypes;
import io.eventagents.wire.RecordIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What an event leads to. Publishes an event on the broker, waits until everything that follows
 * from it has come to rest, and shows the whole chain. A bean of every {@link AgentTest}.
 *
 * <pre>{@code
 * String request = chains.publish(new TaskCreated("task-1", "Review", "user-4"));
 *
 * assertThat(chains.await(request))
 *     .hasExactlyEvents("task.created", "notification.sent")
 *     .hasCaused("task.created", "notification.sent");
 * }</pre>
 *
 * <p>A chain that starts with an HTTP call is awaited by the call's {@code X-Correlation-ID}, one
 * that goes on with a timer by the type that the timer leads to:
 *
 * <pre>{@code
 * clock.tick(Duration.ofDays(1));
 * Chain chain = chains.await(request, "reminder.due");
 * }</pre>
 *
 * <p>What other programs would write is written as it is, byte for byte:
 *
 * <pre>{@code
 * SentRecord sent = chains.publishJson("task-events", "task-1", "{\"event_type\": \"task.created\"}");
 * chains.awaitQuiet();
 *
 * assertThat(chains.deadLetters("notification-email"))
 *     .singleElement()
 *     .satisfies(letter -> assertThat(letter.reason()).contains("event_id is missing"));
 * }</pre>
 *
 * <p>At rest means that the outbox is empty, every agent of the context has finished what is on its
 * topics, and nothing new has come since. If that takes longer than 30 s ({@link
 * #withPatience(Duration)}), the test fails, and the message says what was still moving.
 * Thread-safe.
 */
public final class Chains {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Broker broker;
  private final EventTopics topics;
  private final AgentStatuses agents;
  private final Traffic traffic;
  private final Duration patience;

  Chains(Broker broker, EventTopics topics, AgentStatuses agents, Traffic traffic) {
    this(broker, topics, agents, traffic, PATIENCE);
  }

  private Chains(
      Broker broker, EventTopics topics, AgentStatuses agents, Traffic traffic, Duration patience) {
    this.broker = broker;
    this.topics = topics;
    this.agents = agents;
    this.traffic = traffic;
    this.patience = patience;
  }

  /** The same, but a chain may take this long to come to rest. */
  public Chains withPatience(Duration longest) {
    return new Chains(broker, topics, agents, traffic, longest);
  }

  /**
   * Publishes the first event of a new chain; its metadata is made up.
   *
   * @param payload a record with {@code @EventType}; the record key is what it marks
   *     {@code @EntityKey}, else the correlation id
   * @return the correlation id of the chain
   */
  public String publish(Record payload) {
    PayloadType type = PayloadTypes.of(payload.getClass()).of(payload);
    String correlationId = CorrelationId.random().value();
    return publish(
        type.keyOf(payload).orElseGet(() -> correlationId.getBytes(UTF_8)),
        firstOf(correlationId, type, payload));
  }

  /**
   * Publishes the first event of a new chain, with this record key; its metadata is made up.
   *
   * @param payload a record with {@code @EventType}
   * @return the correlation id of the chain
   */
  public String publish(String key, Record payload) {
    PayloadType type = PayloadTypes.of(payload.getClass()).of(payload);
    return publish(key.getBytes(UTF_8), firstOf(CorrelationId.random().value(), type, payload));
  }

  /**
   * Publishes an event with its metadata, as a program with this framework would.
   *
   * @param key the record key
   * @return its correlation id
   */
  public String publish(String key, Event<? extends Record> event) {
    return publish(key.getBytes(UTF_8), event);
  }

  private static Event<?> firstOf(String correlationId, PayloadType type, Record payload) {
    return new Event<>(
        UUID.randomUUID().toString(),
        type.eventType(),
        Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
        payload,
        new EventMetadata(correlationId, "test-call", "test"));
  }

  private String publish(byte[] key, Event<?> event) {
    String topic = EventTypeName.parse(event.eventType()).topic();
    var unused = send(new EventWriter().write(topic, key, event));
    return event.metadata().correlationId();
  }

  /**
   * Writes text as the value of a record without headers, as another program may.
   *
   * @param text any, it need not be JSON
   */
  public SentRecord publishJson(String topic, @Nullable String key, String text) {
    return send(
        new ProducerRecord<>(
            topic, key == null ? null : key.getBytes(UTF_8), text.getBytes(UTF_8)));
  }

  /**
   * Writes a record and waits until the broker has it. A topic that is missing is made.
   *
   * @throws IllegalStateException if the broker does not take it
   */
  public SentRecord send(ProducerRecord<byte[], byte[]> record) {
    RecordMetadata place = broker.send(record);
    ConsumerRecord<byte[], byte[]> written =
        new ConsumerRecord<>(
            place.topic(), place.partition(), place.offset(), record.key(), record.value());
    record.headers().forEach(written.headers()::add);
    RecordIdentity identity = new EventReader().identify(written);
    return new SentRecord(
        place.topic(),
        place.partition(),
        place.offset(),
        identity.eventId(),
        identity.correlationId());
  }

  /**
   * Waits until the chain has events of these types and everything has come to rest.
   *
   * @param types what must have come, each as often as it is named; none if rest is enough. Events
   *     that timers start come later
   * @return the chain, without events if nothing was published
   * @throws AssertionError if that takes too long
   */
  public Chain await(String correlationId, String... types) {
    List<String> expected = Arrays.asList(types);
    new Quiescence(traffic, () -> missing(chain(correlationId), expected))
        .await(patience, "The chain " + correlationId, () -> "So far, " + chain(correlationId));
    return chain(correlationId);
  }

  /**
   * Waits until everything has come to rest, and returns the chain of a record.
   *
   * @throws AssertionError if that takes too long
   * @throws IllegalArgumentException if the record names no chain
   */
  public Chain await(SentRecord sent) {
    String correlationId = sent.correlationId();
    if (correlationId == null) {
      throw new IllegalArgumentException(
          sent + " has neither an event id nor a correlation id. Wait with awaitQuiet().");
    }
    return await(correlationId);
  }

  /**
   * Waits until everything has come to rest.
   *
   * @throws AssertionError if that takes too long
   */
  public void awaitQuiet() {
    new Quiescence(traffic, List::of).await(patience, "What is under way", () -> "");
  }

  private static List<String> missing(Chain chain, List<String> expected) {
    List<String> missing = new ArrayList<>(expected);
    chain.types().forEach(missing::remove);
    return missing;
  }

  /** The chain as it is now. */
  public Chain chain(String correlationId) {
    return Chain.of(correlationId, Set.copyOf(names()), events());
  }

  private List<String> names() {
    return agents.all().stream().map(status -> status.agent().name()).toList();
  }

  /**
   * The events of a type since the context started, of any chain, as they are now: for events that
   * begin a chain that a test cannot know, such as the {@code delivery.failed} of a record without
   * an event id.
   */
  public List<ChainEvent> events(String eventType) {
    return events().stream().filter(event -> event.eventType().equals(eventType)).toList();
  }

  private List<ChainEvent> events() {
    return topics.read().stream()
        .filter(record -> record.topic().endsWith("-events"))
        .map(ChainEvent::of)
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * The dead letters of an agent since its context started, as they are now.
   *
   * @param agent the agent's name
   */
  public List<DeadLetter> deadLetters(String agent) {
    String topic = agent + "-dead-letters";
    return topics.read().stream()
        .filter(record -> record.topic().equals(topic))
        .map(DeadLetter::new)
        .toList();
  }

  /**
   * What became of the records that an agent received.
   *
   * @param agent the agent's name
   * @throws IllegalArgumentException if the context has no such agent
   */
  public AgentTally tally(String agent) {
    AgentCounts counts =
        agents.all().stream()
            .filter(status -> status.agent().name().equals(agent))
            .findFirst()
            .map(AgentStatus::counts)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "There is no agent '%s', but %s".formatted(agent, names())));
    return new AgentTally(
        counts.handled.sum(),
        counts.skipped.sum(),
        counts.unreadable.sum(),
        counts.repeated.sum(),
        counts.expired.sum(),
        counts.retried.sum(),
        counts.deadLettered.sum(),
        counts.emitted.sum());
  }
}
