package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Records that are broken, repeated, large or many with one key, and topics that gain partitions.
 */
@Tag("long")
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class RecordFaultsIT {

  @Test
  void poisonIsGivenUpOnceByEachReaderAndDuplicatesChangeNothing(FaultySystem system) {
    Repeats before = Repeats.of(system.reconcile(), system);
    Random random = system.seed().random("poison");
    try (TaskLoad load = system.load(12);
        ForeignLoad foreign = system.foreignLoad();
        ForeignProducer producer = new ForeignProducer(system.landscape())) {
      for (int i = 0; i < 5; i++) {
        system.journal().awaitMore(10);
        producer.poison(random);
      }
      producer.largePoison();
    }

    Topics topics = system.reconcile();
    assertThat(Repeats.of(topics, system)).isEqualTo(before);
    Map<String, Long> deadLetters =
        topics.deadLetters().stream()
            .collect(
                Collectors.groupingBy(
                    deadLetter ->
                        Topics.agentOfDeadLetter(deadLetter)
                            + " "
                            + DeadLettersCheck.origin(deadLetter),
                    Collectors.counting()));
    List<Place> mine =
        system.journal().foreign().stream()
            .filter(record -> record.kind() == ForeignRecord.Kind.POISON)
            .map(ForeignRecord::place)
            .toList();
    assertThat(mine.subList(mine.size() - 3, mine.size()))
        .allSatisfy(
            place ->
                assertThat(deadLetters)
                    .containsEntry("notification-email " + place, 1L)
                    .containsEntry("notification-slack " + place, 1L)
                    .containsEntry("reminder-scheduler " + place, 1L)
                    .containsEntry("receipt-agent " + place, 1L));
  }

  @Test
  void fiveHundredEventsOfOneKeyStayInOrder(FaultySystem system) {
    TaskClient client = system.client();
    TaskStory story = TaskStory.putOff("put-off-" + system.journal().commands().size(), 500);
    long before = system.journal().accepted();
    while (!story.isOver()) {
      story.next(client, system.journal());
    }

    assertThat(system.journal().accepted() - before).isEqualTo(502);
    system.reconcile();
  }

  @Test
  void eventsOf900KibibytesAreHandledLikeOthers(FaultySystem system) {
    try (TaskLoad load = system.load(12);
        ForeignProducer producer = new ForeignProducer(system.landscape())) {
      for (int i = 0; i < 3; i++) {
        system.journal().awaitMore(5);
        producer.large("user-large-" + i);
      }
    }

    system.reconcile();
  }

  @Test
  void partitionAddedAtRunTimeIsReadByAll(FaultySystem system) throws Exception {
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
      int added = addPartition(system);
      await("events in the new partition")
          .atMost(Duration.ofSeconds(90))
          .until(() -> holds(system, added));
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  private static int addPartition(FaultySystem system)
      throws ExecutionException, InterruptedException {
    try (Admin admin = system.landscape().admin()) {
      int partitions =
          admin.describeTopics(List.of(Topics.TASKS)).allTopicNames().get().values().stream()
              .mapToInt(topic -> topic.partitions().size())
              .sum();
      admin
          .createPartitions(Map.of(Topics.TASKS, NewPartitions.increaseTo(partitions + 1)))
          .all()
          .get();
      return partitions;
    }
  }

  private static boolean holds(FaultySystem system, int partition) {
    try (TopicReader reader = new TopicReader(system.landscape().bootstrapServers())) {
      return new Topics(reader.readAll())
          .of(Topics.TASKS).stream().anyMatch(event -> event.place().partition() == partition);
    }
  }
}
