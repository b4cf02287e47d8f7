package io.eventagents.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Who is in the group of a log, on the real broker. */
@ExtendWith(OutputCaptureExtension.class)
class RivalLogsTests {

  private static final String TOPIC = "rival-records";

  private final UUID own = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();
  private final String group = "rivals-" + UUID.randomUUID();
  private Admin admin;
  private RivalLogs rivals;

  @BeforeEach
  void broker() throws Exception {
    EmbeddedServers.start();
    admin = Admin.create(Map.of("bootstrap.servers", servers()));
    try {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
    }
    rivals = new RivalLogs(() -> Optional.of(admin), own);
  }

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void nothingStandsInTheWayOfALogThatIsAlone() {
    assertThat(rivals.obstacle(group, TOPIC::equals)).isEmpty();
    assertThat(rivals.trouble()).isEmpty();
    assertThat(rivals.reading())
        .hasValueSatisfying(reading -> assertThat(reading.began()).isTrue());
  }

  /** It was killed, and the broker has not found that out yet. */
  @Test
  void itsOwnConsumersAreNoRivals() {
    try (var mine = reading(group + "-" + own + "-0")) {
      assertThat(mine.assignment()).hasSize(2);
      assertThat(rivals.obstacle(group, TOPIC::equals)).isEmpty();
    }
  }

  @Test
  void aLogThatIsThereFirstIsNotJoinedEvenWhenItIsRestarted(CapturedOutput output) {
    try (var theirs = reading(group + "-" + other + "-0")) {
      assertThat(theirs.assignment()).hasSize(2);
      assertThat(rivals.obstacle(group, TOPIC::equals))
          .hasValueSatisfying(
              rival ->
                  assertThat(rival)
                      .startsWith("the log " + other)
                      .endsWith("reads the same topics in the group " + group));
      assertThat(rivals.trouble()).isPresent();
    }

    assertThat(rivals.obstacle(group, TOPIC::equals)).isPresent();
    assertThat(output)
        .containsOnlyOnce("The audit log " + own + " has to read alone: the log " + other)
        .contains("It does not begin beside it");
    assertThat(new RivalLogs(() -> Optional.of(admin), own).obstacle(group, TOPIC::equals))
        .isEmpty();
  }

  /** An earlier version does not say which log it reads for; it may be this one, killed. */
  @Test
  void aReaderThatNamesNoLogIsWaitedFor() {
    try (var unknown = reading("consumer-1")) {
      assertThat(unknown.assignment()).hasSize(2);
      assertThat(rivals.obstacle(group, TOPIC::equals))
          .hasValueSatisfying(
              rival -> assertThat(rival).contains("names no log", "client consumer-1"));
    }

    assertThat(rivals.obstacle(group, TOPIC::equals)).isEmpty();
    assertThat(rivals.trouble()).isEmpty();
  }

  @Test
  void aLogOfOtherTopicsIsNoRival() {
    try (var theirs = reading(group + "-" + other + "-0")) {
      assertThat(theirs.assignment()).hasSize(2);
      assertThat(rivals.obstacle(group, "other-events"::equals)).isEmpty();
    }
  }

  @Test
  void aLogThatComesLaterIsTold(CapturedOutput output) {
    assertThat(rivals.obstacle(group, TOPIC::equals)).isEmpty();
    rivals.look();
    assertThat(rivals.trouble()).isEmpty();
    try (var theirs = reading(group + "-" + other + "-0")) {
      assertThat(theirs.assignment()).hasSize(2);
      rivals.look();
      rivals.look();
      assertThat(rivals.trouble())
          .hasValueSatisfying(rival -> assertThat(rival).contains("" + other));
    }
    assertThat(output).containsOnlyOnce("Neither log is complete while both read");

    rivals.look();
    assertThat(rivals.trouble()).isEmpty();
    assertThat(output).contains("The audit log " + own + " is alone in its group again");
  }

  private KafkaConsumer<byte[], byte[]> reading(String clientId) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("bootstrap.servers", servers());
    settings.put("group.id", group);
    settings.put("client.id", clientId);
    settings.put("auto.offset.reset", "earliest");
    var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.of(TOPIC));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(100));
              return consumer.assignment().size() == 2;
            });
    return consumer;
  }

  private static String servers() {
    return EmbeddedServers.kafka().bootstrapServers();
  }
}
