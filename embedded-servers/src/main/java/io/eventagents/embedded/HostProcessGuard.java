package io.eventagents.embedded;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the broker from ending the process that hosts it. If Kafka wants to halt the JVM, the
 * reason is logged and the thread that asked for it fails instead.
 */
final class HostProcessGuard {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();

  private HostProcessGuard() {}

  static void install() {
    if (INSTALLED.compareAndSet(false, true)) {
      Exit.setExitProcedure((status, message) -> refuse("exit", status, message));
      Exit.setHaltProcedure((status, message) -> refuse("halt", status, message));
    }
  }

  private static void refuse(String what, int status, @Nullable String message) {
    String reason =
        "The embedded Kafka broker wanted to %s the process with status %d%s; it no longer works and has to be started again"
            .formatted(what, status, message == null ? "" : ": " + message);
    log.error(reason);
    throw new IllegalStateException(reason);
  }
}
