package io.eventagents.local;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole system for a test: its own data, and ports that are free. */
final class LocalSystem {

  private LocalSystem() {}

  /**
   * Starts it.
   *
   * @param directory for its data
   * @param more further arguments
   */
  static ConfigurableApplicationContext start(Path directory, String... more) {
    return LocalApplication.run(
        Stream.concat(
                Stream.of(
                    "--local.directory=" + directory,
                    "--server.port=0",
                    "--local.kafka.port=0",
                    "--local.postgresql.port=0",
                    "--local.mail.smtp-port=0",
                    "--local.mail.imap-port=0"),
                Stream.of(more))
            .toArray(String[]::new));
  }
}
