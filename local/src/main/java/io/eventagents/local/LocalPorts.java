package io.eventagents.local;

import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * The ports to listen on.
 *
 * @param http the pages and the API
 * @param kafka the broker
 * @param postgreSql the database server
 * @param smtp accepts mails
 * @param imap serves mails
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
   * @throws StartRefused if another program listens on a port that is needed
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
