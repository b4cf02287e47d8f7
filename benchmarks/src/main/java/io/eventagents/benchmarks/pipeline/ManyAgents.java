package io.eventagents.benchmarks.pipeline;

import io.eventagents.Event;
import io.eventagents.benchmarks.pipeline.OurAgent.NotificationSent;
import io.eventagents.benchmarks.pipeline.OurAgent.TaskCreated;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/** One to eight agents without effects in one process, each in a group of its own. */
final class ManyAgents {

  // A class of its own, because Spring would register the nested classes with agents along with
  // their outer class.
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Program {}

  private ManyAgents() {}

  private static final List<Class<?>> SOURCES =
      List.of(
          First.class,
          Second.class,
          Third.class,
          Fourth.class,
          Fifth.class,
          Sixth.class,
          Seventh.class,
          Eighth.class);
  private static final List<String> NAMES =
      List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth");

  private static Function<Event<TaskCreated>, NotificationSent> agent() {
    return event ->
        new NotificationSent(
            event.data().taskId(), "sms", event.data().ownerId() + ": " + event.data().title());
  }

  static class First {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> firstAgent() {
      return agent();
    }
  }

  static class Second {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> secondAgent() {
      return agent();
    }
  }

  static class Third {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> thirdAgent() {
      return agent();
    }
  }

  static class Fourth {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> fourthAgent() {
      return agent();
    }
  }

  static class Fifth {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> fifthAgent() {
      return agent();
    }
  }

  static class Sixth {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> sixthAgent() {
      return agent();
    }
  }

  static class Seventh {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> seventhAgent() {
      return agent();
    }
  }

  static class Eighth {
    @Bean
    Function<Event<TaskCreated>, NotificationSent> eighthAgent() {
      return agent();
    }
  }

  public static void main(String[] arguments) throws Exception {
    Assignment assignment = Assignment.of(arguments);
    String count = new SimpleCommandLinePropertySource(arguments).getProperty("bench.agents");
    int agents = count == null ? 1 : Integer.parseInt(count);
    List<Class<?>> sources = new ArrayList<>(List.of(Program.class));
    sources.addAll(SOURCES.subList(0, agents));
    List<String> settings = new ArrayList<>(List.of(SpringPrograms.WITHOUT_DATABASE));
    for (String name : NAMES.subList(0, agents)) {
      String binding = "--spring.cloud.stream.bindings." + name + "Agent-";
      settings.add(binding + "in-0.destination=" + assignment.in());
      settings.add(binding + "in-0.group=" + assignment.group() + "-" + name);
      settings.add(binding + "out-0.destination=" + assignment.out());
    }
    SpringPrograms.serve(sources, arguments, settings);
  }
}
