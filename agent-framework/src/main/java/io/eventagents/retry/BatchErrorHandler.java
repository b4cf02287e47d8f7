package io.eventagents.retry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.scheduling.TaskScheduler;

/**
 * Delivers a failed batch again and never gives up. The default handler goes on after some retries,
 * and the events are lost. While it waits, the container is paused but keeps polling, so that it
 * stays in its group.
 */
public final class BatchErrorHandler implements CommonErrorHandler {

  private static final Logger log = LoggerFactory.getLogger(BatchErrorHandler.class);
  private static final Duration AFTER_UNEXPECTED = Duration.ofSeconds(1);

  private static final Duration TELL_AGAIN_AFTER = Duration.ofMinutes(1);

  private final TaskScheduler scheduler;
  private final AtomicReference<@Nullable Told> told = new AtomicReference<>();

  /**
   * @param scheduler resumes what was paused
   */
  public BatchErrorHandler(TaskScheduler scheduler) {
    this.scheduler = scheduler;
  }

  @Override
  public boolean seeksAfterHandling() {
    return true;
  }

  @Override
  public boolean isAckAfterHandle() {
    return false;
  }

  @Override
  public void handleBatch(
      Exception thrown,
      ConsumerRecords<?, ?> batch,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    BatchInterrupted interrupted = interruption(thrown);
    Duration delay = AFTER_UNEXPECTED;
    Map<TopicPartition, Long> resumeAt = Map.of();
    if (interrupted == null) {
      tell(
          "A batch of %d records failed and comes again each second, until it works"
              .formatted(batch.count()),
          thrown);
    } else {
      delay = interrupted.delay();
      resumeAt = interrupted.resumeAt();
    }
    Map<TopicPartition, OffsetAndMetadata> finished = new HashMap<>();
    for (TopicPartition partition : batch.partitions()) {
      ConsumerRecord<?, ?> first = batch.records(partition).getFirst();
      long next = resumeAt.getOrDefault(partition, first.offset());
      seek(consumer, partition, next);
      if (next > first.offset()) {
        finished.put(partition, new OffsetAndMetadata(next));
      }
    }
    for (Map.Entry<TopicPartition, Long> other : resumeAt.entrySet()) {
      if (!batch.partitions().contains(other.getKey())
          && consumer.assignment().contains(other.getKey())) {
        seek(consumer, other.getKey(), other.getValue());
      }
    }
    if (!finished.isEmpty()) {
      commit(consumer, finished);
    }
    if (delay.isPositive()) {
      pause(container, delay);
    }
  }

  private static void seek(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
    if (offset == BatchInterrupted.BEGINNING) {
      consumer.seekToBeginning(List.of(partition));
    } else {
      consumer.seek(partition, offset);
    }
  }

  /** The broker refuses, or no record can be fetched: try again, but not at once. */
  @Override
  public void handleOtherException(
      Exception thrown,
      Consumer<?, ?> consumer,
      MessageListenerContainer container,
      boolean batchListener) {
    tell("Polling failed and is tried again each second, until it works", thrown);
    pause(container, AFTER_UNEXPECTED);
  }

  /** Logs the same failure with its stack trace once a minute, since it may last for hours. */
  private void tell(String what, Exception thrown) {
    String failure = String.valueOf(thrown.getCause() == null ? thrown : thrown.getCause());
    long now = System.nanoTime();
    Told last = told.get();
    if (last == null
        || !last.failure().equals(failure)
        || now - last.at() > TELL_AGAIN_AFTER.toNanos()) {
      told.set(new Told(failure, now));
      log.error(what, thrown);
    } else {
      log.debug("{}; once more: {}", what, failure);
    }
  }

  private record Told(String failure, long at) {}

  private static @Nullable BatchInterrupted interruption(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof BatchInterrupted interrupted) {
        return interrupted;
      }
    }
    return null;
  }

  private static void commit(
      Consumer<?, ?> consumer, Map<TopicPartition, OffsetAndMetadata> finished) {
    try {
      consumer.commitSync(finished);
    } catch (KafkaException e) {
      // What was finished comes again and is recognised; the next commit covers it.
      log.debug("The finished part of an interrupted batch was not committed", e);
    }
  }

  private void pause(MessageListenerContainer container, Duration delay) {
    if (container.isPauseRequested()) {
      // An operator or the batch of another thread paused it, and resumes it.
      return;
    }
    container.pause();
    // By the scheduler's own clock, which it counts the delay by, whatever the application's clock
    // says. Even if the container was stopped meanwhile: started again, it would stay paused.
    var unused = scheduler.schedule(container::resume, scheduler.getClock().instant().plus(delay));
  }
}
