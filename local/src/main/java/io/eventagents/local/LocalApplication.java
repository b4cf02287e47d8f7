package io.eventagents.local;

import io.eventagents.audit.console.ConsoleLink;
import io.eventagents.local.inbox.InboxConfiguration;
import io.eventagents.local.standin.StandInConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

/**
 * All agents in one process, with the servers that they need embedded.
 *
 * <pre>{@code
 * ./mvnw -pl local -am spring-boot:run
 * ./mvnw -pl local -am spring-boot:run -Dspring-boot.run.arguments="--fresh --local.kafka.port=9093"
 * }</pre>
 *
 * <p>Data are kept in the folder {@code .local} of the repository; {@code --fresh} drops them
 * first. Where {@code spring.kafka.bootstrap-servers}, {@code spring.datasource.url} or {@code
 * spring.mail.host} is set, that server is used and none is embedded.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableConfigurationProperties(LocalSettings.class)
@Import({
  ServersFirst.class,
  InboxConfiguration.class,
  StandInConfiguration.class,
  WelcomePage.class
})
public class LocalApplication {

  /** Runs until it is stopped, with Ctrl-C say. */
  public static void main(String[] arguments) {
    run(arguments);
  }

  static ConfigurableApplicationContext run(String... arguments) {
    SpringApplication application = new SpringApplication(LocalApplication.class);
    application.addListeners(new LocalStart());
    return application.run(arguments);
  }

  @Bean
  WelcomeBanner localWelcomeBanner(Places places) {
    return new WelcomeBanner(places, System.out);
  }

  @Bean
  @Order(1)
  ConsoleLink localInboxLink() {
    return new ConsoleLink("Inbox", "/inbox");
  }

  @Bean
  @Order(2)
  ConsoleLink localWelcomeLink() {
    return new ConsoleLink("Welcome", "/welcome");
  }
}
