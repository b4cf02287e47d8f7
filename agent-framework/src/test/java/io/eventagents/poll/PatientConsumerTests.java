package io.eventagents.poll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.observation.AgentState;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.ConsumerStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a container sees of its consumer while the broker refuses it. */
@Timeout(120)
class PatientConsumerTests {

  private static final Duration POLL = Duration.ofMillis(50);
  private static final TopicPartition OPEN = new TopicPartition("open-events", 0);
  private static final TopicPartition SECRET = new TopicPartition("secret-events", 0);

  private final AgentStatus status = StoringAgent.status();

  /** What the broker says to a commit. */
  private final Queue<KafkaException> refusedCommits = new ArrayDeque<>();

  private final MockConsumer<byte[], byte[]> client =
      new MockConsumer<>("earliest") {
        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
          KafkaException refusal = refusedCommits.poll();
          if (refusal != null) {
            throw refusal;
          }
          super.commitSync(offsets);
        }
      };
  private final Consumer<byte[], byte[]> consumer = patient(client);

  private Consumer<byte[], byte[]> patient(Consumer<byte[], byte[]> wrapped) {
    status.running();
    return new PatientConsumer(
            wrapped,
            new ReadAccess(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers(), "group.id", "storing")),
            status,
            status.opened(Duration.ofMinutes(5), true),
            Clock.systemUTC())
        .proxy();
  }

  private static String brokers() {
    EmbeddedServers.start();
    return EmbeddedServers.kafka().bootstrapServers();
  }

  private void assigned(TopicPartition... partitions) {
    consumer.assign(List.of(partitions));
    for (TopicPartition partition : partitions) {
      client.updateBeginningOffsets(Map.of(partition, 0L));
    }
  }

  @Test
  void aTopicThatIsRefusedIsPausedWhateverTheContainerResumesAndTheOthersGoOn() {
    assigned(OPEN, SECRET);
    client.setPollException(new TopicAuthorizationException(Set.of("secret-events")));

    assertThat(consumer.poll(POLL)).isEmpty();
    consumer.pause(List.of(OPEN, SECRET));
    consumer.resume(List.of(OPEN, SECRET));

    assertThat(consumer.paused()).containsExactly(SECRET);
    assertThat(status.withheld()).containsOnlyKeys("secret-events");
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
    client.addRecord(new ConsumerRecord<>("open-events", 0, 0, new byte[0], "0".getBytes(UTF_8)));
    assertThat(consumer.poll(POLL)).hasSize(1);
  }

  @Test
  void aTopicThatIsGoneIsRefusedNoMore() {
    assigned(OPEN);
    client.setPollException(new TopicAuthorizationException(Set.of("no-such-events")));
    consumer.poll(POLL);
    assertThat(status.withheld()).containsOnlyKeys("no-such-events");

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInSameThread()
        .untilAsserted(
            () -> {
              consumer.poll(POLL);
              assertThat(status.withheld()).isEmpty();
            });
  }

  @Test
  void aTopicThatMayBeReadAgainIsResumedUnlessTheContainerPausedIt() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
      admin.createTopics(List.of(new NewTopic("given-back-events", 2, (short) 1))).all().get();
    }
    TopicPartition paused = new TopicPartition("given-back-events", 0);
    TopicPartition resumed = new TopicPartition("given-back-events", 1);
    assigned(paused, resumed);
    client.setPollException(new TopicAuthorizationException(Set.of("given-back-events")));
    consumer.poll(POLL);
    assertThat(consumer.paused()).containsExactlyInAnyOrder(paused, resumed);
    consumer.pause(List.of(paused));

    await()
        .atMost(Duration.ofSeconds(30))
        .pollInSameThread()
        .untilAsserted(
            () -> {
              consumer.poll(POLL);
              assertThat(consumer.paused()).containsExactly(paused);
            });
    assertThat(status.withheld()).isEmpty();
  }

  @Test
  void aGroupOrPasswordThatIsRefusedIsWaitedForWithoutAnException() {
    assigned(OPEN);
    for (KafkaException refusal :
        List.of(
            GroupAuthorizationException.forGroupId("storing"),
            new SaslAuthenticationException("wrong password"))) {
      client.setPollException(refusal);

      assertThat(consumer.poll(POLL)).isEmpty();

      assertThat(status.state())
          .isInstanceOfSatisfying(
              AgentState.Waiting.class,
              waiting ->
                  assertThat(waiting.dependency())
                      .isEqualTo("Kafka (" + refusal.getMessage() + ")"));
      List<Integer> polls = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInSameThread()
          .untilAsserted(
              () -> {
                polls.add(consumer.poll(POLL).count());
                assertThat(status.state()).isInstanceOf(AgentState.Running.class);
              });
      assertThat(polls).as("it rests in between").hasSizeGreaterThan(1);
    }
  }

  @Test
  void whatMayNotBeCommittedIsCommittedBeforeAnythingElseIsPolled() {
    assigned(OPEN);
    refusedCommits.add(GroupAuthorizationException.forGroupId("storing"));
    refusedCommits.add(GroupAuthorizationException.forGroupId("storing"));

    consumer.commitSync(Map.of(OPEN, new OffsetAndMetadata(3)));

    client.addRecord(new ConsumerRecord<>("open-events", 0, 3, new byte[0], "3".getBytes(UTF_8)));
    assertThat(status.state().toString()).contains("Not authorized to access group: storing");
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInSameThread()
        .until(() -> consumer.poll(POLL).count() == 1);
    assertThat(client.committed(Set.of(OPEN))).containsEntry(OPEN, new OffsetAndMetadata(3));
    assertThat(refusedCommits).isEmpty();
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
  }

  @Test
  void aTopicThatMayNotBeCommittedHoldsUpNoOther() {
    assigned(OPEN, SECRET);
    refusedCommits.add(new TopicAuthorizationException(Set.of("secret-events")));

    consumer.commitSync(Map.of(OPEN, new OffsetAndMetadata(3), SECRET, new OffsetAndMetadata(4)));

    assertThat(consumer.paused()).containsExactly(SECRET);
    assertThat(status.withheld()).containsOnlyKeys("secret-events");
    client.addRecord(new ConsumerRecord<>("open-events", 0, 0, new byte[0], "0".getBytes(UTF_8)));
    assertThat(consumer.poll(POLL)).hasSize(1);
    assertThat(client.committed(Set.of(SECRET)).get(SECRET)).isNull();
  }

  @Test
  void aRestEndsByAWakeup() {
    assigned(OPEN);
    client.setPollException(GroupAuthorizationException.forGroupId("storing"));
    consumer.poll(POLL);
    Thread waker =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    consumer.wakeup();
                  }
                });
    try {
      assertThatThrownBy(() -> consumer.poll(Duration.ofMinutes(10)))
          .isInstanceOf(WakeupException.class);
    } finally {
      waker.interrupt();
    }
  }

  @Test
  void anotherFailureIsThrownAndToldUntilAPollSucceeds() {
    assigned(OPEN);
    client.setPollException(new KafkaException("no coordinator"));

    assertThatThrownBy(() -> consumer.poll(POLL)).hasMessage("no coordinator");

    assertThat(status.state().toString()).contains("no coordinator");
    consumer.poll(POLL);
    assertThat(status.state()).isInstanceOf(AgentState.Running.class);
  }

  @Test
  void itTellsWhenItPolledAndWhyItEnded() {
    assigned(OPEN);
    assertThat(status.consumers()).singleElement().returns(false, ConsumerStatus::hasPolled);
    consumer.poll(POLL);
    assertThat(status.consumers()).singleElement().returns(true, ConsumerStatus::hasPolled);
    KafkaException failure = new KafkaException("fenced");
    client.setPollException(failure);
    assertThatThrownBy(() -> consumer.poll(POLL)).isSameAs(failure);

    consumer.close();

    assertThat(status.consumers()).isEmpty();
    assertThat(status.endedBy()).isSameAs(failure);
  }

  @Test
  void itEndsIfThePartitionsAssignedToItCannotBeTakenOver() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers()))) {
      admin.createTopics(List.of(new NewTopic("not-taken-over-events", 1, (short) 1))).all().get();
    }
    try (Consumer<byte[], byte[]> real =
        patient(
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers(), "group.id", "not-taking-over-" + hashCode()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()))) {
      real.subscribe(
          List.of("not-taken-over-events"),
          new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
              throw new IllegalStateException("where to go on is not told");
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
          });

      assertThatThrownBy(() -> pollForLong(real))
          .isInstanceOf(AssignmentFailed.class)
          .hasMessageContaining("where to go on is not told");
      assertThat(status.state().toString()).contains("could not be taken over");
    }
  }

  private static void pollForLong(Consumer<byte[], byte[]> consumer) {
    for (int i = 0; i < 100; i++) {
      assertThat(consumer.poll(Duration.ofMillis(300))).isEmpty();
    }
  }
}
