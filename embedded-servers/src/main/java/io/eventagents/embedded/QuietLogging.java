package io.eventagents.embedded;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Limits the servers' own logs to WARN unless Logback is configured otherwise. Without
 * configuration, Logback writes DEBUG messages, tens of megabytes for a broker, and tests often
 * start servers before Spring Boot configures it.
 */
final class QuietLogging {

  private QuietLogging() {}

  static void apply() {
    try {
      Logback.quiet();
    } catch (NoClassDefFoundError otherLogging) {
      // Another logging system decides by its own configuration.
    }
  }

  // A separate class, so that no class of Logback is loaded if Logback is missing.
  private static final class Logback {

    private static final Map<String, Level> LEVELS =
        Map.of(
            "kafka", Level.WARN,
            "org.apache.kafka", Level.WARN,
            "state.change.logger", Level.WARN,
            "io.zonky.test", Level.WARN,
            // Warns at every start, because a change of the controller would matter in a cluster.
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
