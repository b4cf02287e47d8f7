package io.eventagents.local;

import io.eventagents.local.standin.StandIns;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.env.Environment;

/** The settings that point the agents to the embedded servers and the data folder. */
record LocalDefaults(Embedded embedded, ChosenPorts ports, DataFolder folder, StandIns standIns) {

  private static final String MAILBOX = "notification.receipts.mailbox.";
  private static final String AUDIT = "audit.directory";

  /** The settings that the user did not make. */
  Map<String, Object> properties(Environment environment) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("server.port", ports.http().number());
    if (embedded.kafka()) {
      properties.put(Embedded.KAFKA, kafka());
    }
    if (embedded.database()) {
      properties.put(Embedded.DATABASE, database());
      properties.put("spring.datasource.username", "postgres");
      properties.put("spring.datasource.password", "postgres");
      // The folder is locked, so no other instance works on this database.
      properties.put("event-agents.database.no-older-instances", "*");
    }
    if (embedded.mail()) {
      properties.put(Embedded.MAIL, "127.0.0.1");
      properties.put("spring.mail.port", ports.smtp().number());
      if (!environment.containsProperty(MAILBOX + "host")) {
        properties.putAll(mailbox(environment));
      }
    }
    properties.putAll(standIns.settings(environment::containsProperty));
    if (!environment.containsProperty(AUDIT)) {
      properties.put(AUDIT, folder.audit().toString());
    }
    return properties;
  }

  Addresses addresses(Environment environment) {
    return new Addresses(
        "http://localhost:" + ports.http().number(),
        environment.getRequiredProperty(Embedded.KAFKA),
        environment.getRequiredProperty(Embedded.DATABASE)
            + (embedded.database() ? " (user postgres, any password)" : ""),
        embedded.mail()
            ? "SMTP 127.0.0.1:%d, IMAP 127.0.0.1:%d (any user and password)"
                .formatted(ports.smtp().number(), ports.imap().number())
            : "SMTP " + environment.getRequiredProperty(Embedded.MAIL),
        embedded.mail(),
        folder.path());
  }

  /** The mailbox that bounced mails come back to: the one of their sender. */
  private Map<String, Object> mailbox(Environment environment) {
    String from = environment.getRequiredProperty("notification.email.from");
    return Map.of(
        MAILBOX + "host", "127.0.0.1",
        MAILBOX + "port", ports.imap().number(),
        MAILBOX + "protocol", "imap",
        MAILBOX + "username", from.substring(from.indexOf('<') + 1).replace(">", "").strip(),
        MAILBOX + "password", "any",
        MAILBOX + "poll-interval", "2s");
  }

  private String kafka() {
    return "127.0.0.1:" + ports.kafka().number();
  }

  private String database() {
    return "jdbc:postgresql://localhost:"
        + ports.postgreSql().number()
        + "/"
        + LocalServers.DATABASE;
  }
}
