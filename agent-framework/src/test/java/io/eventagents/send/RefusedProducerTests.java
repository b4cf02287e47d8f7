package io.eventagents.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.GuardedKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sender that the broker refuses at first, which is when its producer asks for an id. */
@Timeout(180)
class RefusedProducerTests {

  private static GuardedKafka kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    kafka = GuardedKafka.start();
    kafka.admin().createTopics(List.of(new NewTopic("task-events", 1, (short) 1))).all().get();
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void sendsOnceItsPasswordIsRight() {
    kafka.user("rotated", "another");
    kafka.allow("rotated", ResourceType.TOPIC, "*", AclOperation.ALL);

    try (KafkaRecordSender sender = sender("rotated", "right")) {
      awaitRefused(sender);
      awaitRefused(sender);
      kafka.user("rotated", "right");

      awaitSent(sender);
    }
  }

  @Test
  void sendsOnceItMayWrite() {
    kafka.user("allowed-late", "right");
    kafka.allow("allowed-late", ResourceType.TOPIC, "*", AclOperation.DESCRIBE);

    try (KafkaRecordSender sender = sender("allowed-late", "right")) {
      awaitRefused(sender);
      awaitRefused(sender);
      kafka.allow("allowed-late", ResourceType.TOPIC, "task-events", AclOperation.WRITE);

      awaitSent(sender);
    }
  }

  private static KafkaRecordSender sender(String user, String password) {
    Map<String, Object> configuration = new HashMap<>(kafka.login(user, password));
    configuration.put("acks", "all");
    configuration.put("enable.idempotence", "true");
    configuration.put("delivery.timeout.ms", Integer.MAX_VALUE);
    configuration.put("max.block.ms", "2000");
    return new KafkaRecordSender(configuration, Duration.ZERO);
  }

  private static void awaitRefused(KafkaRecordSender sender) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(sender.send(record()))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableOfType(ExecutionException.class));
  }

  private static void awaitSent(KafkaRecordSender sender) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThatCode(() -> sender.send(record()).get(30, TimeUnit.SECONDS))
                    .doesNotThrowAnyException());
  }

  private static ProducerRecord<byte[], byte[]> record() {
    return new ProducerRecord<>("task-events", "task".getBytes(UTF_8), "{}".getBytes(UTF_8));
  }
}
