package examples.sms;

import io.eventagents.Event;
import io.eventagents.EventType;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class NotificationSms {

  @EventType("task.created") // this agent's own view of the event: only what it needs
  record TaskCreated(String taskId, String title, String ownerId) {}

  @EventType("notification.sent")
  record NotificationSent(String taskId, String channel, String recipient) {}

  @Bean
  Function<Event<TaskCreated>, NotificationSent> smsAgent() {
    return event -> {
      System.out.println("SMS to " + event.data().ownerId() + ": " + event.data().title());
      return new NotificationSent(event.data().taskId(), "sms", event.data().ownerId());
    };
  }

  public static void main(String[] args) {
    SpringApplication.run(NotificationSms.class, args);
  }
}
