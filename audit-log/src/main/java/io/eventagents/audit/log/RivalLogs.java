package io.eventagents.audit.log;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Other logs in the same consumer group that read the same topics. Each would get some of the
 * partitions, and none have all records: a log does not begin beside another. Thread-safe.
 */
public final class RivalLogs {

  private static final Logger log = LoggerFactory.getLogger(RivalLogs.class);

  private final Supplier<Optional<Admin>> broker;
  private final String own;
  private @Nullable Reading reading;
  private @Nullable String told;

  /** Whom this one gives way to, for as long as it runs: they may only be restarting. */
  private @Nullable String yieldsTo;

  private volatile @Nullable String trouble;

  /**
   * What this log reads, or waits to read.
   *
   * @param group the consumer group
   * @param topics tells whether a topic is among those that are read
   * @param began whether it has begun
   */
  public record Reading(String group, Predicate<String> topics, boolean began) {}

  /**
   * @param broker asks it; empty if there is none
   * @param own id of this log
   */
  public RivalLogs(Supplier<Optional<Admin>> broker, UUID own) {
    this.broker = broker;
    this.own = own.toString();
  }

  /** What stands between this log and all records; empty if nothing does, as far as is known. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /** What this log reads; empty if it was not asked to yet. */
  public synchronized Optional<Reading> reading() {
    return Optional.ofNullable(reading);
  }

  /** Whether reading must not begin; see {@link io.eventagents.RecordLog#obstacle}. */
  synchronized Optional<String> obstacle(String group, Predicate<String> topics) {
    reading = new Reading(group, topics, false);
    Optional<String> obstacle = find(group, topics, true);
    if (obstacle.isEmpty()) {
      reading = new Reading(group, topics, true);
    }
    tell(obstacle.orElse(null), "It does not begin beside it");
    return obstacle;
  }

  /** Looks whether another log came into the group since this one began to read. */
  public synchronized void look() {
    Reading now = reading;
    if (now != null && now.began()) {
      tell(
          find(now.group(), now.topics(), false).orElse(null),
          "Neither log is complete while both read");
    }
  }

  private Optional<String> find(String group, Predicate<String> topics, boolean begins) {
    Admin admin = broker.get().orElse(null);
    if (admin == null) {
      return Optional.empty();
    }
    if (begins && yieldsTo != null) {
      return Optional.of(yieldsTo);
    }
    try {
      List<GroupReader> others =
          GroupReader.of(admin, group).stream().filter(reader -> !reader.isOf(own)).toList();
      List<GroupReader> rivals = others.stream().filter(reader -> reader.reads(topics)).toList();
      if (rivals.isEmpty()) {
        return others.stream()
            .filter(reader -> begins && !reader.settled())
            .map(reader -> "%s is joining the group %s".formatted(reader, group))
            .findFirst();
      }
      GroupReader first =
          rivals.stream()
              .filter(reader -> reader.logId() != null)
              .findFirst()
              .orElse(rivals.getFirst());
      String rival = "%s reads the same topics in the group %s".formatted(first, group);
      if (begins && first.logId() != null) {
        yieldsTo = rival;
      }
      return Optional.of(rival);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return begins ? Optional.of("interrupted") : Optional.ofNullable(trouble);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      log.debug("The readers of the group {} cannot be told", group, e);
      return begins
          ? Optional.of(
              "the broker does not tell who reads in the group %s (%s)".formatted(group, e))
          : Optional.ofNullable(trouble);
    }
  }

  private void tell(@Nullable String found, String consequence) {
    trouble = found;
    if (found != null && !found.equals(told)) {
      log.error(
          "The audit log {} has to read alone: {}. {}, since each would get a part of the records only."
              + " Stop one of them. To run several side by side, give each topics of its own"
              + " (spring.cloud.stream.bindings.auditLog-in-0.destination). Restart the one that stays if it waits",
          own,
          found,
          consequence);
    } else if (found == null && told != null) {
      log.info("The audit log {} is alone in its group again", own);
    }
    told = found;
  }
}
