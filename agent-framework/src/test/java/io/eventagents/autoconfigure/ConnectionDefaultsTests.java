package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.LongStatements;
import io.eventagents.embedded.EmbeddedServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** How long a connection of an application waits for the database. */
class ConnectionDefaultsTests {

  @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
  static class Application {}

  @Test
  void boundEveryWait() throws Exception {
    try (ConfigurableApplicationContext context = run("")) {
      HikariDataSource pool = context.getBean(HikariDataSource.class);

      assertThat(timeout(pool)).isEqualTo(60_000);
      assertThat(pool.getDataSourceProperties())
          .containsEntry("connectTimeout", "10")
          .containsEntry("tcpKeepAlive", "true");
      assertThat(new JdbcTemplate(pool).queryForObject("SHOW tcp_keepalives_idle", String.class))
          .isEqualTo("30");
    }
  }

  @Test
  void yieldToTheUrl() throws Exception {
    try (ConfigurableApplicationContext context = run("?socketTimeout=7")) {
      assertThat(timeout(context.getBean(HikariDataSource.class))).isEqualTo(7_000);
    }
  }

  @Test
  void yieldToSettings() throws Exception {
    try (ConfigurableApplicationContext context =
        run(
            "",
            "--spring.datasource.hikari.data-source-properties.socketTimeout=8",
            "--spring.datasource.hikari.connection-init-sql=select 1")) {
      HikariDataSource pool = context.getBean(HikariDataSource.class);

      assertThat(timeout(pool)).isEqualTo(8_000);
      assertThat(new JdbcTemplate(pool).queryForObject("SHOW tcp_keepalives_idle", String.class))
          .isNotEqualTo("30");
    }
  }

  @Test
  void areLiftedForLongStatementsAndOnlyForThem() throws Exception {
    try (ConfigurableApplicationContext context =
        run("?socketTimeout=1", "--spring.datasource.hikari.maximum-pool-size=1")) {
      HikariDataSource pool = context.getBean(HikariDataSource.class);

      new JdbcTemplate(new LongStatements(pool)).execute("select pg_sleep(2)");

      assertThat(timeout(pool)).isEqualTo(1_000);
    }
  }

  private static int timeout(HikariDataSource pool) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return connection.getNetworkTimeout();
    }
  }

  private static ConfigurableApplicationContext run(String parameters, String... arguments) {
    SpringApplication application = new SpringApplication(Application.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    List<String> all =
        new ArrayList<>(
            List.of(
                "--spring.datasource.url="
                    + EmbeddedServers.postgreSql().createDatabase("connections")
                    + parameters,
                "--spring.datasource.username=" + EmbeddedServers.postgreSql().username(),
                "--spring.datasource.password=" + EmbeddedServers.postgreSql().password()));
    all.addAll(List.of(arguments));
    return application.run(all.toArray(String[]::new));
  }
}
