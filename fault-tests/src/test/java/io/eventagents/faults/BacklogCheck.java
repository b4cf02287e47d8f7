package io.eventagents.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Nothing is waiting any more: no record for an agent and no row for the broker. */
record BacklogCheck(Landscape landscape) implements Check {

  @Override
  public void check(Topics topics, Findings findings) {
    try (Admin admin = landscape.admin()) {
      Map<TopicPartition, Long> ends = ends(admin);
      for (String group : landscape.agents()) {
        // The position of the audit agent is in its log alone.
        if (group.equals("audit-log")) {
          continue;
        }
        records(group, ends, admin, findings);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    rows(findings);
  }

  private static void records(
      String group, Map<TopicPartition, Long> ends, Admin admin, Findings findings)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata done = committed.get(partition);
          long left = end - (done == null ? 0 : done.offset());
          if (takes(group, partition.topic()) && left > 0) {
            findings.missing("%s has %d records left of %s".formatted(group, left, partition));
          }
        });
  }

  private static boolean takes(String group, String topic) {
    if (topic.equals(group + "-replays")) {
      return true;
    }
    return switch (group) {
      case "notification-email" -> topic.equals(Topics.TASKS) || topic.equals("reminder-events");
      case LedgerTables.AGENT -> topic.equals(Topics.ACCOUNTS);
      default -> topic.equals(Topics.TASKS);
    };
  }

  private static Map<TopicPartition, Long> ends(Admin admin)
      throws ExecutionException, InterruptedException {
    Set<String> names =
        admin.listTopics().names().get().stream()
            .filter(name -> name.endsWith("-events") || name.endsWith("-replays"))
            .collect(Collectors.toSet());
    Map<TopicPartition, OffsetSpec> wanted =
        admin.describeTopics(names).allTopicNames().get().values().stream()
            .map(
                topic ->
                    topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
                        .toList())
            .flatMap(Collection::stream)
            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
        admin.listOffsets(wanted).all().get().entrySet()) {
      ends.put(end.getKey(), end.getValue().offset());
    }
    return ends;
  }

  private void rows(Findings findings) {
    try (Connection connection = DriverManager.getConnection(landscape.databaseUrl());
        Statement statement = connection.createStatement()) {
      for (String schema : landscape.outboxes()) {
        try (ResultSet rows =
            statement.executeQuery(
                "select count(*), count(parked_at) from \"%s\".outbox".formatted(schema))) {
          rows.next();
          if (rows.getLong(1) > 0) {
            findings.missing(
                "%d rows are in the outbox of %s, %d of them parked"
                    .formatted(rows.getLong(1), schema, rows.getLong(2)));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Could not query the outboxes", e);
    }
  }
}
