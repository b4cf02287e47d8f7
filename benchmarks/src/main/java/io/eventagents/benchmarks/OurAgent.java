package io.eventagents.benchmarks;

import io.eventagents.Event;
import io.eventagents.EventType;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/** An agent of kind NONE, with every setting as it comes. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class OurAgent {

  @EventType("task.created")
  record TaskCreated(String taskId, String title, String ownerId) {}

  @EventType("notification.sent")
  record NotificationSent(String taskId, String channel, String recipient) {}

  @Bean
  Function<Event<TaskCreated>, NotificationSent> notificationSms() {
    return event ->
        new NotificationSent(
            event.data().taskId(), "sms", event.data().ownerId() + ": " + event.data().title());
  }

  public static void main(String[] arguments) throws Exception {
    ChildJvm.serve(
        "",
        new SpringApplicationBuilder(OurAgent.class)
            .run(
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--spring.kafka.bootstrap-servers=" + arguments[0]));
  }
}
