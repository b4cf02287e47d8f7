package io.eventagents.local.generator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes chains of an invented shop directly to Kafka. No running agent handles their events;
 * the audit agent logs them all.
 *
 * <p>The chains begin within the last week, in random order: some are complete, some have failed,
 * and those that would go on after now are waiting. One in 200 has an event that is published
 * twice, and one in 100 has an event whose cause is missing. One further chain has {@link
 * LongStory#EVENTS} events.
 */
final class ChainGenerator {

  private static final Logger log = LoggerFactory.getLogger(ChainGenerator.class);

  private static final Duration SPREAD = Duration.ofDays(7);
  private static final Duration SINCE = Duration.ofSeconds(60);
  private static final Duration PROGRESS = Duration.ofSeconds(5);
  private static final int PARTITIONS = 3;

  private final Generation generation;
  private final Map<String, Object> kafka;
  private final Clock clock;
  private final AtomicReference<@Nullable Exception> refused = new AtomicReference<>();
  private long events;

  /**
   * @param kafka settings of the clients
   */
  ChainGenerator(Generation generation, Map<String, Object> kafka, Clock clock) {
    this.generation = generation;
    this.kafka = kafka;
    this.clock = clock;
  }

  /**
   * Publishes all events and returns when the broker has them.
   *
   * @return the number of events
   * @throws InterruptedException if it was told to stop
   * @throws IllegalStateException if the broker refuses topics or records
   */
  long publish() throws InterruptedException {
    createTopics();
    log.info(
        "Publishing {} generated chains; --generate-seed={} makes the same ones",
        generation.chains(),
        generation.seed());
    Instant now = clock.instant();
    long begin = System.nanoTime();
    long told = begin;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
      String longOne = "inventory-" + Long.toUnsignedString(generation.seed(), 36);
      send(producer, LongStory.tell(random(-1), now, longOne));
      log.info("The chain {} has {} events", longOne, LongStory.EVENTS);
      for (int n = 0; n < generation.chains(); n++) {
        send(producer, chain(n, now));
        if (Thread.interrupted()) {
          throw new InterruptedException("Stopped after " + n + " chains");
        }
        if (System.nanoTime() - told > PROGRESS.toNanos()) {
          told = System.nanoTime();
          log.info("{} of {} chains, {} events", n + 1, generation.chains(), events);
        }
      }
      producer.flush();
      requireTaken();
    }
    log.info(
        "{} chains with {} events are published after {} s",
        generation.chains() + 1,
        events,
        Duration.ofNanos(System.nanoTime() - begin).toSeconds());
    return events;
  }

  private List<GeneratedEvent> chain(int number, Instant now) {
    SplittableRandom random = random(number);
    double share = random.nextDouble();
    Duration ago = Duration.ofMillis((long) (SPREAD.toMillis() * share * share)).plus(SINCE);
    List<GeneratedEvent> chain = new ArrayList<>(OrderStory.tell(random, now, now.minus(ago)));
    if (number % 100 == 99 && chain.size() > 3) {
      chain.remove(2); // the payment, which other events name as their cause
    }
    if (number % 200 == 199) {
      chain.add(chain.getLast());
    }
    return chain;
  }

  private SplittableRandom random(int number) {
    return new SplittableRandom(generation.seed() * 1_000_003L + number);
  }

  private void send(KafkaProducer<byte[], byte[]> producer, List<GeneratedEvent> chain) {
    requireTaken();
    for (GeneratedEvent event : chain) {
      events++;
      var unused =
          producer.send(
              event.record(),
              (metadata, failure) -> {
                if (failure != null) {
                  refused.compareAndSet(null, failure);
                }
              });
    }
  }

  private void requireTaken() {
    Exception failure = refused.get();
    if (failure != null) {
      throw new IllegalStateException(
          "The broker refused a generated event: " + failure.getMessage(), failure);
    }
  }

  private void createTopics() throws InterruptedException {
    List<String> topics = new ArrayList<>(OrderStory.TOPICS);
    topics.add(LongStory.TOPIC);
    Collections.sort(topics);
    try (Admin admin = Admin.create(kafka)) {
      for (String topic : topics) {
        create(admin, topic);
      }
    }
  }

  private static void create(Admin admin, String topic) throws InterruptedException {
    try {
      admin
          .createTopics(List.of(new NewTopic(topic, Optional.of(PARTITIONS), Optional.empty())))
          .all()
          .get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException(
            "Could not create the topic " + topic + " for generated chains: " + e.getCause(), e);
      }
    }
  }
}
