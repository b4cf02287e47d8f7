package io.eventagents.local;

import org.springframework.core.env.Environment;

/**
 * Which servers are ours: those for which the standard setting of Spring names no other.
 *
 * @param kafka the broker
 * @param database the database server
 * @param mail the mail server
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
