package io.eventagents.topic;

import org.springframework.util.unit.DataSize;

/**
 * How many bytes of keys and values a consumer takes.
 *
 * @param perPoll of one poll; one record more may come
 * @param perRecord of one key or value
 */
public record PollLimits(DataSize perPoll, DataSize perRecord) {

  /** The defaults of agents. */
  public static final PollLimits DEFAULT =
      new PollLimits(DataSize.ofMegabytes(8), DataSize.ofMegabytes(16));

  /**
   * @throws IllegalArgumentException if one of them is not positive
   */
  public PollLimits {
    if (perPoll.toBytes() < 1) {
      throw new IllegalArgumentException(
          "event-agents.max-poll-size is %s: set at least one byte, such as 8MB"
              .formatted(perPoll));
    }
    if (perRecord.toBytes() < 1) {
      throw new IllegalArgumentException(
          "event-agents.max-record-size is %s: set at least one byte, such as 16MB"
              .formatted(perRecord));
    }
  }
}
