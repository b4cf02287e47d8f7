package io.eventagents.autoconfigure;

import java.util.List;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides what Actuator would show of passwords in settings. Without a function Spring Boot hides
 * everything in {@code env} and {@code configprops}, but Spring Cloud Stream nothing in {@code
 * bindings}, which has the properties of Kafka's clients.
 */
final class SecretSettings implements SanitizingFunction {

  /** Kafka's JAAS line holds user and password; the keys of its key stores are in PEM. */
  private static final List<String> IN_NAMES =
      List.of("password", "secret", "credential", "token", "jaas", "user.info");

  private static final List<String> AT_THEIR_END = List.of("key");

  @Override
  public SanitizableData apply(SanitizableData data) {
    return data.getValue() != null && isSecret(data.getLowerCaseKey())
        ? data.withSanitizedValue()
        : data;
  }

  private static boolean isSecret(String name) {
    return IN_NAMES.stream().anyMatch(name::contains)
        || AT_THEIR_END.stream().anyMatch(name::endsWith);
  }
}
