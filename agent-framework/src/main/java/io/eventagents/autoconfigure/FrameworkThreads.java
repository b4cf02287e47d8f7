package io.eventagents.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The framework's own threads. One bean holds them, so that there is no {@code TaskScheduler} or
 * {@code Executor} bean that would displace the application's.
 */
final class FrameworkThreads implements AutoCloseable {

  private final ThreadPoolTaskScheduler scheduler = scheduler("event-agents-");

  /**
   * Separate threads, because they must go on whatever holds up the others, and must hold up none.
   */
  private final ThreadPoolTaskScheduler watchers = scheduler("event-agents-watch-");

  /**
   * Platform threads, which are kept for a minute. Agents' functions are anybody's code, and the
   * first events load their classes. A virtual thread that waits in a class initializer (before
   * Java 24, JEP 491, also in a synchronized method) keeps its carrier. There are only as many
   * carriers as processors, so all of them can wait for a thread that then never runs.
   */
  private final ExecutorService workers =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("agent-", 0).factory());

  private static ThreadPoolTaskScheduler scheduler(String prefix) {
    ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
    scheduler.setPoolSize(2);
    scheduler.setDaemon(true);
    scheduler.setThreadNamePrefix(prefix);
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.initialize();
    return scheduler;
  }

  TaskScheduler scheduler() {
    return scheduler;
  }

  /** For what looks at agents and the broker from time to time. */
  TaskScheduler watchers() {
    return watchers;
  }

  Executor workers() {
    return workers;
  }

  @Override
  public void close() {
    scheduler.shutdown();
    watchers.shutdown();
    workers.shutdown();
  }
}
