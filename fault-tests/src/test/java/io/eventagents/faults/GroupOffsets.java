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

/** The offsets and members of consumer groups. */
record GroupOffsets(Landscape landscape) {

  /** Makes the group read everything again when it returns. Its members must be about to leave. */
  void toBeginning(String group) {
    move(group, OffsetSpec.earliest());
  }

  /** Makes the group read only new records when it returns. Its members must be about to leave. */
  void toEnd(String group) {
    move(group, OffsetSpec.latest());
  }

  /** The number of members of the group. */
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
            throw new AssertionError(group + " has no offsets to move yet");
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
