package io.eventagents.local.generator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedKafka;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChainGeneratorTests {

  private static final Instant NOW = Instant.parse("2025-01-15T14:30:22Z");
  private static final int CHAINS = 600;

  private static EmbeddedKafka kafka;
  private static long published;
  private static List<ConsumerRecord<byte[], byte[]>> records;

  @BeforeAll
  static void publish() throws Exception {
    kafka = EmbeddedKafka.builder().start();
    published =
        new ChainGenerator(
                new Generation(CHAINS, 7),
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                Clock.fixed(NOW, ZoneOffset.UTC))
            .publish();
    records = read(published);
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void publishesTheRequestedNumberOfChainsAndALongOne() {
    Map<String, Integer> sizes = new HashMap<>();
    events().forEach(event -> sizes.merge(metadata(event, "correlation_id"), 1, Integer::sum));

    assertThat(records).hasSize((int) published);
    assertThat(sizes).hasSize(CHAINS + 1).containsEntry("inventory-7", LongStory.EVENTS);
    sizes.remove("inventory-7");
    assertThat(sizes.values()).allMatch(size -> size >= 3 && size <= 14);
  }

  @Test
  void repeatsTheEnvelopeInTheHeadersAndKeepsToTheTopicOfTheDomain() {
    assertThat(records)
        .allSatisfy(
            record -> {
              JsonNode event = JsonMapper.shared().readTree(record.value());
              String type = event.path("event_type").asString();
              assertThat(record.topic()).isEqualTo(type.split("\\.")[0] + "-events");
              assertThat(header(record, "event_type")).isEqualTo(type);
              assertThat(header(record, "event_id")).isEqualTo(event.path("event_id").asString());
              for (String name : List.of("correlation_id", "causation_id", "source")) {
                assertThat(header(record, name)).isEqualTo(metadata(event, name));
              }
              assertThat(header(record, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
              assertThat(record.timestamp())
                  .isEqualTo(Instant.parse(event.path("occurred_at").asString()).toEpochMilli());
            });
  }

  @Test
  void causesAreEventsOfTheChainUnlessOneIsMissing() {
    Set<String> ids = new HashSet<>();
    events().forEach(event -> ids.add(event.path("event_id").asString()));

    List<JsonNode> withoutCause =
        events()
            .filter(event -> !ids.contains(metadata(event, "causation_id")))
            .filter(event -> !metadata(event, "causation_id").startsWith("api-"))
            .toList();
    assertThat(withoutCause)
        .extracting(event -> event.path("event_type").asString())
        .isNotEmpty()
        .containsOnly("invoice.issued", "parcel.packed");
    assertThat(ids.size()).isLessThan(records.size());
  }

  @Test
  void endsNowSoThatSomeChainsWaitAndSomeFail() {
    assertThat(events())
        .allSatisfy(
            event ->
                assertThat(Instant.parse(event.path("occurred_at").asString()))
                    .isBetween(NOW.minus(Duration.ofDays(8)), NOW));
    assertThat(events().map(event -> event.path("event_type").asString()))
        .contains("payment.refused", "delivery.failed", "order.completed");
  }

  @Test
  void sameSeedMakesTheSameChain() {
    assertThat(OrderStory.tell(new SplittableRandom(3), NOW, NOW.minusSeconds(1000)))
        .isEqualTo(OrderStory.tell(new SplittableRandom(3), NOW, NOW.minusSeconds(1000)))
        .isNotEqualTo(OrderStory.tell(new SplittableRandom(4), NOW, NOW.minusSeconds(1000)));
  }

  private static Stream<JsonNode> events() {
    return records.stream().map(record -> JsonMapper.shared().readTree(record.value()));
  }

  private static String metadata(JsonNode event, String name) {
    return event.path("metadata").path(name).asString();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(long count) {
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
    Collection<TopicPartition> partitions =
        Stream.concat(OrderStory.TOPICS.stream(), Stream.of(LongStory.TOPIC))
            .flatMap(
                topic -> IntStream.range(0, 3).mapToObj(each -> new TopicPartition(topic, each)))
            .toList();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      int emptyPolls = 0;
      while (all.size() < count && emptyPolls < 20) {
        int before = all.size();
        consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
        emptyPolls = all.size() == before ? emptyPolls + 1 : 0;
      }
    }
    return all;
  }
}
