package io.eventagents.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Clients that make and change tasks until they are told to stop. */
final class TaskLoad implements AutoCloseable {

  private static final int CLIENTS = 3;

  /** How many tasks a client has in hand: their steps are mixed. */
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
   * @param run tells this load's correlation ids from those of others
   * @param perSecond commands, about
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

  /** The statuses that its clients were answered with until now. */
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

  // Clients come at a rate; this is what they are, not a wait for something to happen.
  private void pace() {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  /** Returns when the last answer has come. */
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
