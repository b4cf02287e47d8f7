package io.eventagents.send;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends by a producer of its own, made at the first record. */
final class KafkaRecordSender implements RecordSender, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaRecordSender.class);

  private final Supplier<Map<String, Object>> configuration;
  private final Duration closeTimeout;
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Producer<byte[], byte[]> producer;
  private boolean closed;

  /**
   * @param closeTimeout how long closing waits for records that are on their way
   */
  KafkaRecordSender(Supplier<Map<String, Object>> configuration, Duration closeTimeout) {
    this.configuration = configuration;
    this.closeTimeout = closeTimeout;
  }

  @Override
  public CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      var unused =
          producer()
              .send(
                  record,
                  (metadata, failure) -> {
                    if (failure == null) {
                      sent.complete(null);
                    } else {
                      sent.completeExceptionally(failure);
                    }
                  });
    } catch (KafkaException | IllegalStateException e) {
      sent.completeExceptionally(e);
    }
    return sent;
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
      // Each send tells its own failure.
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
                configuration.get(), new ByteArraySerializer(), new ByteArraySerializer());
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
