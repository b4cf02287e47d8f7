package io.eventagents.autoconfigure;

import java.util.List;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides passwords in the settings that Actuator shows. Without such a function Spring Boot hides
 * everything in {@code env} and {@code configprops}, but Spring Cloud Stream hides nothing in
 * {@code bindings}, which has the properties of Kafka's clients.
 */
final class SecretSettings implements SanitizingFunction {

  /** Kafka's JAAS line holds user and password; the keys of its key stores are in PEM. */
  private static final List<String> IN_NAMES =
      List.of("password", "secret", "credential", "token", "jaas", "user.info");

  @Override
  public SanitizableData apply(SanitizableData data) {
    String name = data.getLowerCaseKey();
    boolean isSecret = name.endsWith("key") || IN_NAMES.stream().anyMatch(name::contains);
    return data.getValue() != null && isSecret ? data.withSanitizedValue() : data;
  }
}
