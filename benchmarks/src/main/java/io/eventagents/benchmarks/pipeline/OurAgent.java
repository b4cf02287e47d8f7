package io.eventagents.benchmarks.pipeline;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Event;
import io.eventagents.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * Our agent, one of each kind of effects. Apart from topics and group, it has the default settings.
 */
final class OurAgent {

  // A class of its own, because Spring would register the nested classes with agents along with
  // their outer class.
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Program {}

  private OurAgent() {}

  @EventType("task.created")
  record TaskCreated(String taskId, String title, String ownerId) {}

  @EventType("notification.sent")
  record NotificationSent(String taskId, String channel, String recipient) {}

  private static Function<Event<TaskCreated>, NotificationSent> agent() {
    return event ->
        new NotificationSent(
            event.data().taskId(), "sms", event.data().ownerId() + ": " + event.data().title());
  }

  static class WithoutEffects {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> notificationSms() {
      return agent();
    }
  }

  static class InTheDatabase {
    @Bean
    @Agent(effects = Effects.DATABASE)
    Function<Event<TaskCreated>, NotificationSent> notificationSms() {
      return agent();
    }
  }

  static class Outside {
    @Bean
    @Agent(effects = Effects.EXTERNAL)
    Function<Event<TaskCreated>, NotificationSent> notificationSms(
        @Value("${bench.call-millis:0}") long millis) {
      return event -> {
        call(millis);
        return agent().apply(event);
      };
    }

    /** Takes as long as a call to another service. */
    private static void call(long millis) {
      if (millis > 0) {
        try {
          Thread.sleep(millis);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("The call was interrupted", e);
        }
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    SimpleCommandLinePropertySource given = new SimpleCommandLinePropertySource(arguments);
    Assignment assignment = Assignment.of(arguments);
    String kind = given.getProperty("bench.kind");
    List<Class<?>> sources = new ArrayList<>(List.of(Program.class));
    List<String> settings = new ArrayList<>();
    switch (Effects.valueOf(kind == null ? "NONE" : kind)) {
      case NONE -> {
        sources.add(WithoutEffects.class);
        settings.add(SpringPrograms.WITHOUT_DATABASE);
      }
      case DATABASE -> sources.add(InTheDatabase.class);
      case EXTERNAL -> sources.add(Outside.class);
    }
    String binding = "--spring.cloud.stream.bindings.notificationSms-";
    settings.add(binding + "in-0.destination=" + assignment.in());
    settings.add(binding + "in-0.group=" + assignment.group());
    settings.add(binding + "out-0.destination=" + assignment.out());
    SpringPrograms.serve(sources, arguments, settings);
  }
}
