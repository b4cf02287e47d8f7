package io.eventagents.faults;

import io.eventagents.embedded.KafkaAccess;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Makes the broker ask agents for a user and a password on one listener, and restricts what that
 * user may do. Clients of the other listeners may do everything.
 */
final class KafkaGuard {

  private static final String USER = "agents";
  private static final String PASSWORD = "secret";

  private final String bootstrapServers;
  private final String guardedServers;

  /**
   * @param bootstrapServers the listener on which everything is allowed
   * @param guardedServers the listener that asks for a user
   */
  KafkaGuard(String bootstrapServers, String guardedServers) {
    this.bootstrapServers = bootstrapServers;
    this.guardedServers = guardedServers;
  }

  /** The settings of a broker that asks for users on this listener alone. */
  static List<String> brokerSettings(String listener) {
    String prefix = "listener.name." + listener + ".";
    return List.of(
        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users=User:ANONYMOUS",
        prefix + "sasl.enabled.mechanisms=SCRAM-SHA-256",
        prefix
            + "scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
            + " required;",
        // Connected clients must authenticate again, so that a new password takes effect.
        prefix + "scram-sha-256.connections.max.reauth.ms=4000");
  }

  /** The settings of an application that connects as this user. */
  List<String> applicationSettings() {
    return List.of(
        "--spring.kafka.bootstrap-servers=" + guardedServers,
        "--spring.kafka.properties.security.protocol=SASL_PLAINTEXT",
        "--spring.kafka.properties.sasl.mechanism=SCRAM-SHA-256",
        "--spring.kafka.properties.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
            + " required username=\"%s\" password=\"%s\";".formatted(USER, PASSWORD));
  }

  /** Lets the user in and allows everything. */
  void letIn() {
    change(
        access -> {
          access.user(USER, PASSWORD);
          access.denyNothing(USER);
          access.allowEverything(USER);
        });
  }

  /** Denies the user to read this topic, but not to see it. */
  void denyReading(String topic) {
    change(access -> access.deny(USER, ResourceType.TOPIC, topic, AclOperation.READ));
  }

  /** Changes the user's password to one that applications don't know. */
  void changePassword() {
    change(access -> access.user(USER, "another"));
  }

  private void change(Consumer<KafkaAccess> change) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      change.accept(new KafkaAccess(admin));
    }
  }
}
