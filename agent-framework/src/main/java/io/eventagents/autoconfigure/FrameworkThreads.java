package io.eventagents.autoconfigure;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * The framework's own threads, held in one bean so that they are no {@code TaskScheduler} or {@code
 * Executor} bean: those would displace the application's.
 */
final class FrameworkThreads implements AutoCloseable {

  private final ThreadPoolTaskScheduler scheduler = scheduler("event-agents-");

  /** Of their own, since they must go on whatever holds up the others, and hold up none. */
  private final ThreadPoolTaskScheduler watchers = scheduler("event-agents-watch-");

  /**
   * Threads of the system, which are kept for a minute. Agents' functions are anybody's code, whose
   * classes are loaded by the first events: a virtual thread that waits in a class's initializer,
   * for one (before Java 24 also in a synchronized method, JEP 491) keeps its carrier, of which
   * there are as many as processors, and so all of them can wait for one that then never runs.
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
