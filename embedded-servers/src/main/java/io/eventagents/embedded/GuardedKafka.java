package io.eventagents.embedded;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

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
public final class GuardedKafka implements AutoCloseable {

  private static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "admin-secret";

  private final EmbeddedKafka kafka;
  private final Admin admin;
  private final KafkaAccess access;

  private GuardedKafka(EmbeddedKafka kafka) {
    this.kafka = kafka;
    this.admin = Admin.create(Map.copyOf(administrator()));
    this.access = new KafkaAccess(admin);
  }

  /** Starts a broker whose only user is its administrator. */
  public static GuardedKafka start() {
    String listener = "listener.name.plaintext.";
    return new GuardedKafka(
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
            .start());
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
    return configuration(
        "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule", ADMIN, ADMIN_PASSWORD);
  }

  /** The settings of a client of this user, including the address. */
  public Map<String, Object> login(String user, String password) {
    return configuration(
        "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule", user, password);
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

  private Map<String, Object> configuration(
      String mechanism, String module, String user, String password) {
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

  /** Creates a user, or changes a user's password. */
  public void user(String user, String password) {
    access.user(user, password);
  }

  /** Allows a user everything that agents do, on every topic and group. */
  public void allowEverything(String user) {
    access.allowEverything(user);
  }

  /**
   * Allows a user these operations.
   *
   * @param name the name of the resource; {@code *} for all resources of its type
   */
  public void allow(String user, ResourceType type, String name, AclOperation... operations) {
    access.allow(user, type, name, operations);
  }

  /** Denies a user these operations, even if another rule allows them. */
  public void deny(String user, ResourceType type, String name, AclOperation... operations) {
    access.deny(user, type, name, operations);
  }

  /** Revokes denials. */
  public void denyNoMore(String user, ResourceType type, String name, AclOperation... operations) {
    access.denyNoMore(user, type, name, operations);
  }

  /** Revokes all denials for this user. */
  public void denyNothing(String user) {
    access.denyNothing(user);
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
  }
}
