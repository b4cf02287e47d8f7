package io.eventagents.send;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends with a producer of its own, made at the first record. A producer that came to its end takes
 * no more records and is replaced. Kafka's comes to its end if its login is refused before it has
 * an id, whatever the broker says later; some of its records then wait for ever.
 */
final class KafkaRecordSender implements RecordSender, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaRecordSender.class);

  private final Map<String, Object> configuration;
  private final Duration closeTimeout;
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Producer<byte[], byte[]> producer;
  private boolean closed;

  /** Whether a producer was replaced and none has sent since. */
  private volatile boolean replaced;

  /**
   * @param closeTimeout how long closing waits for records that are under way
   */
  KafkaRecordSender(Map<String, Object> configuration, Duration closeTimeout) {
    this.configuration = configuration;
    this.closeTimeout = closeTimeout;
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    try {
      return send(producer(), record);
    } catch (KafkaException | IllegalStateException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Void> send(
      Producer<byte[], byte[]> by, ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      var unused =
          by.send(
              record,
              (metadata, failure) -> {
                if (failure == null) {
                  if (replaced) {
                    replaced = false;
                  }
                  sent.complete(null);
                } else {
                  if (failure instanceof AuthenticationException) {
                    replace(by, failure);
                  }
                  sent.completeExceptionally(failure);
                }
              });
    } catch (InterruptException | SerializationException e) {
      sent.completeExceptionally(e);
    } catch (KafkaException | IllegalStateException e) {
      // The broker's objections to a record are in the future; this is the producer's own end.
      replace(by, e);
      sent.completeExceptionally(e);
    }
    return sent;
  }

  private void replace(Producer<byte[], byte[]> ended, Exception failure) {
    making.lock();
    try {
      if (closed || producer != ended) {
        return;
      }
      producer = null;
    } finally {
      making.unlock();
    }
    if (!replaced) {
      replaced = true;
      log.warn(
          "A producer came to its end and is replaced until one sends: {}",
          failure.getCause() == null ? failure.toString() : failure.getCause().toString());
    }
    log.debug("The end of a producer", failure);
    // This fails what it holds. In a thread of its own, since this may be the producer's.
    Thread.ofPlatform()
        .daemon()
        .name("event-agents-close-producer")
        .start(() -> ended.close(Duration.ZERO));
  }

  @Override
  public void flush() {
    Producer<byte[], byte[]> made = producer;
    if (made != null && flushing.compareAndSet(false, true)) {
      // It returns when all is acknowledged, which takes as long as the broker is away.
      Thread.ofVirtual().name("event-agents-flush").start(() -> flush(made));
    }
  }

  private void flush(Producer<byte[], byte[]> made) {
    try {
      made.flush();
    } catch (KafkaException | IllegalStateException e) {
      // Each send reports its own failure.
      log.debug("A flush ended early", e);
    } finally {
      flushing.set(false);
    }
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> made = producer;
    if (made != null) {
      return made;
    }
    making.lock();
    try {
      if (closed) {
        throw new IllegalStateException("The application is stopping");
      }
      made = producer;
      if (made == null) {
        made =
            new KafkaProducer<>(
                configuration, new ByteArraySerializer(), new ByteArraySerializer());
        producer = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  @Override
  public void close() {
    making.lock();
    try {
      closed = true;
      if (producer != null) {
        producer.close(closeTimeout);
      }
    } finally {
      making.unlock();
    }
  }
}
