package io.eventagents.retry;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A batch cannot be finished now. What is done is committed; the rest comes again after the delay,
 * from the first unfinished event of each partition.
 */
public final class BatchInterrupted extends RuntimeException {

  /** Instead of an offset: the first that there is. */
  public static final long BEGINNING = -1;

  private static final long serialVersionUID = 1L;

  private final transient Map<TopicPartition, Long> resumeAt;
  private final Duration delay;

  /**
   * @param reason why, in words for the log
   * @param resumeAt the offset to go on with, of every partition of the batch; of others too, if
   *     what was delivered of them has to come again
   * @param delay how long nothing is delivered; zero for at once
   */
  public BatchInterrupted(String reason, Map<TopicPartition, Long> resumeAt, Duration delay) {
    // No stack trace: it is a signal, thrown repeatedly while an outage lasts.
    super(reason, null, false, false);
    this.resumeAt = Map.copyOf(resumeAt);
    this.delay = delay;
  }

  /**
   * The offset to go on with, of every partition of the batch, and of others that have to go back;
   * {@link #BEGINNING} for the first that there is.
   */
  public Map<TopicPartition, Long> resumeAt() {
    return resumeAt;
  }

  /** How long nothing is delivered. */
  public Duration delay() {
    return delay;
  }
}
