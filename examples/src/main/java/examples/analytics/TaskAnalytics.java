package examples.analytics;

import io.eventagents.Agent;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Measures how long tasks take. It stores nothing: each event contains everything that is measured,
 * so after a restart, or on another instance, it continues with the next event.
 *
 * <pre>{@code
 * ./mvnw -q -pl examples -am spring-boot:run -Dspring-boot.run.main-class=examples.analytics.TaskAnalytics \
 *   -Dspring-boot.run.arguments=--server.port=8090
 * }</pre>
 */
@SpringBootApplication
@EnableConfigurationProperties(AnalyticsProperties.class)
public class TaskAnalytics {

  /** Starts the application. */
  public static void main(String[] args) {
    SpringApplication.run(TaskAnalytics.class, args);
  }

  @Bean
  @Agent(name = "task-analytics")
  CompletionTimes completionTimes(MeterRegistry meters, AnalyticsProperties properties) {
    return new CompletionTimes(meters, new KnownOwners(properties.owners()));
  }

  @Bean
  CompletionPage completionPage(MeterRegistry meters, ObjectProvider<Clock> clock) {
    return new CompletionPage(meters, clock.getIfUnique(Clock::systemUTC));
  }
}
