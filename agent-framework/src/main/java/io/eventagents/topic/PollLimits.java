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
}
