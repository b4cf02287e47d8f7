package io.eventagents.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/**
 * What is looked at when all is over.
 *
 * @param databaseUrl with user and password
 * @param outboxes the schemas that have one
 * @param agents those that run
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

  /** To be closed by the caller. */
  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }
}
