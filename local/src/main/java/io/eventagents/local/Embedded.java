package io.eventagents.local;

import org.springframework.core.env.Environment;

/**
 * Which servers are embedded: those for which Spring's standard setting names no other server.
 *
 * @param kafka whether the broker is
 * @param database whether the database server is
 * @param mail whether the mail server is
 */
record Embedded(boolean kafka, boolean database, boolean mail) {

  static final String KAFKA = "spring.kafka.bootstrap-servers";
  static final String DATABASE = "spring.datasource.url";
  static final String MAIL = "spring.mail.host";

  static Embedded of(Environment environment) {
    return new Embedded(
        !environment.containsProperty(KAFKA),
        !environment.containsProperty(DATABASE),
        !environment.containsProperty(MAIL));
  }
}
