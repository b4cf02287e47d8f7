package io.eventagents.autoconfigure;

import io.eventagents.embedded.EmbeddedServers;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs applications on the servers that all tests share. */
final class OnServers {

  private OnServers() {}

  /**
   * Runs an application on a new database.
   *
   * @param database its name
   */
  static ConfigurableApplicationContext run(
      Class<?> application, String database, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.kafka.bootstrap-servers=" + EmbeddedServers.kafka().bootstrapServers(),
                "--spring.datasource.url=" + EmbeddedServers.postgreSql().createDatabase(database),
                "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
                "--spring.datasource.password=" + EmbeddedServers.postgreSql().password()));
    all.addAll(List.of(arguments));
    return SpringApplication.run(application, all.toArray(String[]::new));
  }
}
