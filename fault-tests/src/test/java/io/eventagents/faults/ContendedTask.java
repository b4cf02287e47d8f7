package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** A task that two clients change at the same time: one the title, the other the due time. */
final class ContendedTask {

  private final TaskClient client;
  private final String id;
  private final String name;
  private final Instant due = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
  private int changes;

  private ContendedTask(TaskClient client, String id, String name) {
    this.client = client;
    this.id = id;
    this.name = name;
  }

  static ContendedTask create(TaskClient client, String name) {
    Instant due = Instant.now().plus(Duration.ofDays(2));
    TaskClient.Answer created =
        client.create(
            Map.of("title", name + " 0", "owner_id", "user-" + name, "due_at", due.toString()),
            name + "-created");
    if (created.id() == null) {
      throw new AssertionError("The task was not created: " + created);
    }
    return new ContendedTask(client, created.id(), name);
  }

  /**
   * Both clients make this many changes, each its own in sequence, at the same time as the other.
   */
  void change(int times) {
    changes = times;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List.of(
              CompletableFuture.runAsync(this::rename, clients),
              CompletableFuture.runAsync(this::putOff, clients))
          .forEach(CompletableFuture::join);
    }
  }

  /** Every change has exactly one event, and no change undoes another. */
  void verify(Topics topics) {
    List<EventRecord> told =
        Topics.distinct(topics.of(Topics.TASKS)).values().stream()
            .filter(event -> event.key().equals(id))
            .toList();

    assertThat(told).hasSize(1 + 2 * changes);
    assertThat(told.stream().map(this::titleNumber).toList()).isSorted().contains(changes);
    assertThat(told.stream().skip(1).map(event -> event.data("due_at")).toList()).isSorted();
    assertThat(told.getLast().data("due_at")).isEqualTo(dueAt(changes));
    assertThat(titleNumber(told.getLast())).isEqualTo(changes);
  }

  private void rename() {
    IntStream.rangeClosed(1, changes)
        .forEach(
            n -> accepted(client.change(id, Map.of("title", name + " " + n), name + "-t" + n)));
  }

  private void putOff() {
    IntStream.rangeClosed(1, changes)
        .forEach(n -> accepted(client.change(id, Map.of("due_at", dueAt(n)), name + "-d" + n)));
  }

  private void accepted(TaskClient.Answer answer) {
    assertThat(answer.outcome()).isEqualTo(Command.Outcome.ACCEPTED);
  }

  private String dueAt(int number) {
    return due.plus(Duration.ofHours(number)).toString();
  }

  private int titleNumber(EventRecord event) {
    return Integer.parseInt(event.data("title").substring(name.length() + 1));
  }
}
