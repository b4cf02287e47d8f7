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

  private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

  /**
   * Threads of the system, which are kept for a minute. Agents' functions are anybody's code, whose
   * classes are loaded by the first events: a virtual thread that waits in a class's initializer,
   * for one (before Java 24 also in a synchronized method, JEP 491) keeps its carrier, of which
   * there are as many as processors, and so all of them can wait for one that then never runs.
   */
  private final ExecutorService workers =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("agent-", 0).factory());

  FrameworkThreads() {
    scheduler.setPoolSize(2);
    scheduler.setDaemon(true);
    scheduler.setThreadNamePrefix("event-agents-");
    scheduler.setRemoveOnCancelPolicy(true);
    scheduler.initialize();
  }

  TaskScheduler scheduler() {
    return scheduler;
  }

  Executor workers() {
    return workers;
  }

  @Override
  public void close() {
    scheduler.shutdown();
    workers.shutdown();
  }
}
