package io.eventagents.local;

import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * What we are about to listen on.
 *
 * @param http pages and API
 * @param kafka the broker
 * @param postgreSql the database server
 * @param smtp takes mails
 * @param imap gives mails
 */
record LocalPorts(
    ServerPort http, ServerPort kafka, ServerPort postgreSql, ServerPort smtp, ServerPort imap) {

  static LocalPorts of(Environment environment, LocalSettings settings) {
    int http = environment.getProperty("server.port", Integer.class, 8080);
    return new LocalPorts(
        new ServerPort("HTTP", http, "server.port").chosen(),
        new ServerPort("Kafka", settings.kafka().port(), "local.kafka.port").chosen(),
        new ServerPort("PostgreSQL", settings.postgresql().port(), "local.postgresql.port")
            .chosen(),
        new ServerPort("SMTP", settings.mail().smtpPort(), "local.mail.smtp-port").chosen(),
        new ServerPort("IMAP", settings.mail().imapPort(), "local.mail.imap-port").chosen());
  }

  /**
   * @throws StartRefused where somebody else listens on one that we need
   */
  void requireFree(Embedded embedded) {
    List<ServerPort> needed = new ArrayList<>();
    needed.add(http);
    if (embedded.kafka()) {
      needed.add(kafka);
    }
    if (embedded.database()) {
      needed.add(postgreSql);
    }
    if (embedded.mail()) {
      needed.add(smtp);
      needed.add(imap);
    }
    ServerPort.requireFree(needed);
  }
}
