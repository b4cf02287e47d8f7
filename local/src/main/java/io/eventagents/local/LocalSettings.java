package io.eventagents.local;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Settings of the embedded servers, and the ports that follow from them. Port 0 means any free
 * port.
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

  private static final String KAFKA_PORT = "local.kafka.port";
  private static final String POSTGRESQL_PORT = "local.postgresql.port";
  private static final String SMTP_PORT = "local.mail.smtp-port";
  private static final String IMAP_PORT = "local.mail.imap-port";

  /** The ports that are set, with a free one in place of each 0. */
  ChosenPorts choosePorts(Environment environment) {
    int http = environment.getProperty("server.port", Integer.class, 8080);
    return new ChosenPorts(
        new ServerPort("HTTP", http, "server.port").chosen(),
        new ServerPort("Kafka", kafka.port, KAFKA_PORT).chosen(),
        new ServerPort("PostgreSQL", postgresql.port, POSTGRESQL_PORT).chosen(),
        new ServerPort("SMTP", mail.smtpPort, SMTP_PORT).chosen(),
        new ServerPort("IMAP", mail.imapPort, IMAP_PORT).chosen());
  }

  /**
   * @param port the port that its clients connect to
   */
  record Kafka(@DefaultValue("9092") int port) {

    Kafka {
      requirePort(KAFKA_PORT, port);
    }
  }

  /**
   * @param port the port that its clients connect to
   */
  record PostgreSql(@DefaultValue("15432") int port) {

    PostgreSql {
      requirePort(POSTGRESQL_PORT, port);
    }
  }

  /**
   * @param smtpPort accepts mails
   * @param imapPort serves them to mail programs with any user and password
   */
  record Mail(@DefaultValue("3025") int smtpPort, @DefaultValue("3143") int imapPort) {

    Mail {
      requirePort(SMTP_PORT, smtpPort);
      requirePort(IMAP_PORT, imapPort);
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
