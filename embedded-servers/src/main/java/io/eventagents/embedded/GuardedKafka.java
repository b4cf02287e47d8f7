package io.eventagents.embedded;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * A real Kafka broker that requires a user and a password (SASL, SCRAM) and allows each user only
 * what its rules permit. Users and rules can be changed while it runs.
 *
 * <pre>{@code
 * try (GuardedKafka kafka = GuardedKafka.start()) {
 *   kafka.user("agents", "secret");
 *   kafka.allow("agents", ResourceType.TOPIC, "task-events", AclOperation.READ);
 *   properties.putAll(kafka.login("agents", "secret"));
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class GuardedKafka extends KafkaAccess implements AutoCloseable {

  private static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "admin-secret";

  private final EmbeddedKafka kafka;

  private GuardedKafka(EmbeddedKafka kafka, Admin admin) {
    super(admin);
    this.kafka = kafka;
  }

  /** Starts a broker whose only user is its administrator. */
  public static GuardedKafka start() {
    String listener = "listener.name.plaintext.";
    EmbeddedKafka kafka =
        EmbeddedKafka.builder()
            .setting(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            // The node is its own controller, whose listener requires no user.
            .setting("super.users", "User:" + ADMIN + ";User:ANONYMOUS")
            .setting(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT")
            .setting("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256")
            .setting("sasl.mechanism.inter.broker.protocol", "PLAIN")
            .setting(
                listener + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%1$s\" password=\"%2$s\" user_%1$s=\"%2$s\";"
                    .formatted(ADMIN, ADMIN_PASSWORD))
            .setting(
                listener + "scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;")
            .start();
    return new GuardedKafka(kafka, Admin.create(administrator(kafka)));
  }

  /** The broker, to stop it and start it again. */
  public EmbeddedKafka broker() {
    return kafka;
  }

  /** A client of the administrator, who may do everything. It is closed with the broker. */
  public Admin admin() {
    return admin;
  }

  /** The settings of a client of the administrator, including the address. */
  public Map<String, Object> administrator() {
    return administrator(kafka);
  }

  private static Map<String, Object> administrator(EmbeddedKafka kafka) {
    return configuration(
        kafka,
        "PLAIN",
        "org.apache.kafka.common.security.plain.PlainLoginModule",
        ADMIN,
        ADMIN_PASSWORD);
  }

  /** The settings of a client of this user, including the address. */
  public Map<String, Object> login(String user, String password) {
    return configuration(
        kafka,
        "SCRAM-SHA-256",
        "org.apache.kafka.common.security.scram.ScramLoginModule",
        user,
        password);
  }

  /** The same as arguments of a Spring Boot application. */
  public List<String> springArguments(String user, String password) {
    return login(user, password).entrySet().stream()
        .map(
            setting ->
                setting.getKey().equals("bootstrap.servers")
                    ? "--spring.kafka.bootstrap-servers=" + setting.getValue()
                    : "--spring.kafka.properties." + setting.getKey() + "=" + setting.getValue())
        .toList();
  }

  private static Map<String, Object> configuration(
      EmbeddedKafka kafka, String mechanism, String module, String user, String password) {
    return Map.of(
        "bootstrap.servers",
        kafka.bootstrapServers(),
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        mechanism,
        "sasl.jaas.config",
        "%s required username=\"%s\" password=\"%s\";".formatted(module, user, password));
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
  }
}
