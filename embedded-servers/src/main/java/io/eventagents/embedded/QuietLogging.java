package io.eventagents.embedded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Keeps the servers' own logs at WARN unless Logback was told otherwise. An unconfigured Logback
 * writes DEBUG, tens of megabytes for a broker, and tests often start servers before Spring Boot
 * configures it.
 */
final class QuietLogging {

  private QuietLogging() {}

  static void apply() {
    try {
      Logback.quiet();
    } catch (NoClassDefFoundError otherLogging) {
      // Not Logback: its configuration decides.
    }
  }

  // A class of its own, so that nothing of Logback is loaded if it is missing.
  private static final class Logback {

    private static final Map<String, Level> LEVELS =
        Map.of(
            "kafka", Level.WARN,
            "org.apache.kafka", Level.WARN,
            "state.change.logger", Level.WARN,
            "io.zonky.test", Level.WARN,
            // It warns of every start, because a new controller would be news in a cluster.
            "org.apache.kafka.controller.QuorumController", Level.ERROR);

    static void quiet() {
      if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
        LEVELS.forEach(
            (name, level) -> {
              if (context.getLogger(name).getLevel() == null) {
                context.getLogger(name).setLevel(level);
              }
            });
      }
    }
  }
}
