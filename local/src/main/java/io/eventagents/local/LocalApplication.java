package io.eventagents.local;

import io.eventagents.audit.console.ConsoleLink;
import io.eventagents.local.generator.Generation;
import io.eventagents.local.generator.GeneratorRun;
import io.eventagents.local.inbox.InboxConfiguration;
import io.eventagents.local.standin.StandInConfiguration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * All agents in one process, with the servers they need embedded.
 *
 * <pre>{@code
 * ./mvnw -pl local -am spring-boot:run
 * ./mvnw -pl local -am spring-boot:run -Dspring-boot.run.arguments="--fresh --local.kafka.port=9093"
 * }</pre>
 *
 * <p>Data is kept in the folder {@code .local} of the repository; {@code --fresh} deletes it first.
 * {@code --generate-chains=100000} publishes that many chains of an invented shop. If {@code
 * spring.kafka.bootstrap-servers}, {@code spring.datasource.url} or {@code spring.mail.host} is
 * set, the application uses that server and embeds none.
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

  /** Runs until it is stopped, for example with Ctrl-C. */
  public static void main(String[] arguments) {
    run(arguments);
  }

  static ConfigurableApplicationContext run(String... arguments) {
    SpringApplication application = new SpringApplication(LocalApplication.class);
    application.addListeners(new LocalStart());
    return application.run(arguments);
  }

  @Bean
  WelcomeBanner localWelcomeBanner(Addresses addresses) {
    return new WelcomeBanner(addresses, System.out);
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

  @Bean
  @ConditionalOnBean(Generation.class)
  GeneratorRun localGeneratorRun(Generation generation, Environment environment) {
    return new GeneratorRun(
        generation,
        environment.getRequiredProperty(Embedded.KAFKA),
        Binder.get(environment)
            .bind("spring.kafka.properties", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of()));
  }
}
