package io.eventagents.faults;

import io.eventagents.embedded.KafkaAccess;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Has the broker let agents in by user and password, and do what they may. Who comes another way
 * may do everything.
 */
final class KafkaGuard {

  private static final String USER = "agents";
  private static final String PASSWORD = "secret";

  private final String bootstrapServers;
  private final String guardedServers;

  /**
   * @param bootstrapServers where everything is allowed
   * @param guardedServers where the user is asked for
   */
  KafkaGuard(String bootstrapServers, String guardedServers) {
    this.bootstrapServers = bootstrapServers;
    this.guardedServers = guardedServers;
  }

  /** What a broker is told that asks for users at this listener alone. */
  static List<String> brokerSettings(String listener) {
    String prefix = "listener.name." + listener + ".";
    return List.of(
        "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users=User:ANONYMOUS",
        prefix + "sasl.enabled.mechanisms=SCRAM-SHA-256",
        prefix
            + "scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
            + " required;",
        // Who is connected is asked for the password again, so that a new one is noticed.
        prefix + "scram-sha-256.connections.max.reauth.ms=4000");
  }

  /** What an application is told that comes as this user. */
  List<String> applicationSettings() {
    return List.of(
        "--spring.kafka.bootstrap-servers=" + guardedServers,
        "--spring.kafka.properties.security.protocol=SASL_PLAINTEXT",
        "--spring.kafka.properties.sasl.mechanism=SCRAM-SHA-256",
        "--spring.kafka.properties.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
            + " required username=\"%s\" password=\"%s\";".formatted(USER, PASSWORD));
  }

  /** The user gets in, and may do everything. */
  void letIn() {
    change(
        access -> {
          access.user(USER, PASSWORD);
          access.denyNothing(USER);
          access.allowEverything(USER);
        });
  }

  /** The user may see this topic, but not read it. */
  void denyReading(String topic) {
    change(access -> access.deny(USER, ResourceType.TOPIC, topic, AclOperation.READ));
  }

  /** The user has another password than applications know. */
  void changePassword() {
    change(access -> access.user(USER, "another"));
  }

  private void change(Consumer<KafkaAccess> change) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      change.accept(new KafkaAccess(admin));
    }
  }
}
