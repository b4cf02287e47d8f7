package io.eventagents.local.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/**
 * Collects the log lines of the threads that answer requests: warnings, errors and lines with a
 * stack trace. Thread-safe.
 */
public final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger root;

  private final String threads;

  private LogWatch(String threads) {
    this.threads = threads;
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    setContext(context);
  }

  /**
   * Starts to collect.
   *
   * @param threads the prefix of the threads' names
   */
  public static LogWatch begin(String threads) {
    LogWatch watch = new LogWatch(threads);
    watch.start();
    watch.root.addAppender(watch);
    return watch;
  }

  /** The lines: level, logger, thread, message, and the exception if there is one. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  protected void append(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    if (!event.getThreadName().startsWith(threads)) {
      return;
    }
    if (event.getLevel().isGreaterOrEqual(Level.WARN) || thrown != null) {
      lines.add(
          "%s %s [%s] %s%s"
              .formatted(
                  event.getLevel(),
                  event.getLoggerName(),
                  event.getThreadName(),
                  event.getFormattedMessage(),
                  thrown == null ? "" : " " + thrown.getClassName() + ": " + thrown.getMessage()));
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    stop();
  }
}
