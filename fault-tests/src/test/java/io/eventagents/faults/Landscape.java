package io.eventagents.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/**
 * The parts of the system that are checked at the end.
 *
 * @param databaseUrl the database, with user and password
 * @param outboxes the schemas that have an outbox
 * @param agents the agents that run
 */
record Landscape(
    Seed seed,
    Journal journal,
    String bootstrapServers,
    String databaseUrl,
    List<String> outboxes,
    MailServer mail,
    SlackWebhook slack,
    Path auditLog,
    Set<String> agents) {

  /** An admin client, which the caller must close. */
  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }
}
