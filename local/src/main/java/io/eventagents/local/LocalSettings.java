package io.eventagents.local;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the embedded servers. Port 0 means any free port.
 *
 * @param directory where all data is kept; a relative path starts at the root of the repository, or
 *     at the working directory outside a repository
 * @param kafka the broker
 * @param postgresql the database server
 * @param mail the mail server
 */
@ConfigurationProperties("local")
record LocalSettings(
    @DefaultValue(".local") Path directory,
    @DefaultValue Kafka kafka,
    @DefaultValue PostgreSql postgresql,
    @DefaultValue Mail mail) {

  /**
   * @param port the port that its clients connect to
   */
  record Kafka(@DefaultValue("9092") int port) {

    Kafka {
      requirePort("local.kafka.port", port);
    }
  }

  /**
   * @param port the port that its clients connect to
   */
  record PostgreSql(@DefaultValue("15432") int port) {

    PostgreSql {
      requirePort("local.postgresql.port", port);
    }
  }

  /**
   * @param smtpPort accepts mails
   * @param imapPort serves them to mail programs with any user and password
   */
  record Mail(@DefaultValue("3025") int smtpPort, @DefaultValue("3143") int imapPort) {

    Mail {
      requirePort("local.mail.smtp-port", smtpPort);
      requirePort("local.mail.imap-port", imapPort);
    }
  }

  private static void requirePort(String setting, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "%s must be a port from 1 to 65535, or 0 for any free one, but is %d"
              .formatted(setting, port));
    }
  }
}
