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
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("agent-", 0).factory());

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
