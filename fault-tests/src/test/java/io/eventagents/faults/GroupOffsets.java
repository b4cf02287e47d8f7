package io.eventagents.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Where groups stand, and who is in them. */
record GroupOffsets(Landscape landscape) {

  /** Has the group read all again when it comes back; it must be about to be empty. */
  void toBeginning(String group) {
    move(group, OffsetSpec.earliest());
  }

  /** Has the group read only what is new when it comes back; it must be about to be empty. */
  void toEnd(String group) {
    move(group, OffsetSpec.latest());
  }

  /** How many consumers are in the group. */
  int members(String group) {
    return ask(admin -> admin.describeConsumerGroups(List.of(group)).all().get()).values().stream()
        .mapToInt(description -> description.members().size())
        .sum();
  }

  private void move(String group, OffsetSpec where) {
    await(group + " to be empty").atMost(Duration.ofSeconds(30)).until(() -> members(group) == 0);
    ask(
        admin -> {
          Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
          admin
              .listConsumerGroupOffsets(group)
              .partitionsToOffsetAndMetadata()
              .get()
              .keySet()
              .forEach(partition -> wanted.put(partition, where));
          if (wanted.isEmpty()) {
            throw new AssertionError(group + " stands nowhere yet: there is nothing to move");
          }
          Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
          admin
              .listOffsets(wanted)
              .all()
              .get()
              .forEach(
                  (partition, found) ->
                      offsets.put(partition, new OffsetAndMetadata(found.offset())));
          admin.alterConsumerGroupOffsets(group, offsets).all().get();
          return offsets;
        });
  }

  private <T> T ask(Question<T> question) {
    try (Admin admin = landscape.admin()) {
      return question.ask(admin);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private interface Question<T> {
    T ask(Admin admin) throws ExecutionException, InterruptedException;
  }
}
