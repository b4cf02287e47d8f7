package io.eventagents.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Clients that create and change tasks until they are stopped. */
final class TaskLoad implements AutoCloseable {

  private static final int CLIENTS = 3;

  /** The number of tasks that a client works on at a time. Their steps are interleaved. */
  private static final int IN_HAND = 8;

  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private final TaskClient client;
  private final Duration pause;
  private volatile boolean stopped;

  private TaskLoad(TaskClient client, Duration pause) {
    this.client = client;
    this.pause = pause;
  }

  /**
   * @param run distinguishes this load's correlation ids from those of other loads
   * @param perSecond the approximate number of commands per second
   */
  static TaskLoad start(TaskClient client, Seed seed, Journal journal, String run, int perSecond) {
    TaskLoad load = new TaskLoad(client, Duration.ofMillis(1_000L * CLIENTS / perSecond));
    for (int i = 0; i < CLIENTS; i++) {
      String name = run + "-c" + i;
      Random random = seed.random(run + name);
      load.clients.execute(() -> load.work(client, journal, name, random));
    }
    return load;
  }

  /** The statuses of all answers to its clients so far. */
  Set<Integer> statuses() {
    return client.statuses();
  }

  private void work(TaskClient client, Journal journal, String name, Random random) {
    List<TaskStory> inHand = new ArrayList<>();
    int number = 0;
    while (!stopped) {
      if (inHand.size() < IN_HAND) {
        inHand.add(TaskStory.random(name + "t" + number++, random));
      }
      TaskStory story = inHand.get(random.nextInt(inHand.size()));
      story.next(client, journal);
      if (story.isOver()) {
        inHand.remove(story);
      }
      pace();
    }
  }

  // The pause gives clients their rate; it does not wait for anything.
  private void pace() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  /** Returns when the last answer has arrived. */
  @Override
  public void close() {
    stopped = true;
    clients.shutdown();
    try {
      if (!clients.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new AssertionError("A client still waits for an answer after 60 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
