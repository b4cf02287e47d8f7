package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Effects;
import io.eventagents.EventType;
import io.eventagents.RecordTopic;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.Intake;
import io.eventagents.topic.RequiredTopics;
import io.eventagents.wire.PayloadTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.support.GenericApplicationContext;

/** Asked for before anything is bound, when only properties name the destinations. */
class ApplicationTopicsTests {

  @EventType("task.created")
  record TaskCreated(String taskId) {}

  private final GenericApplicationContext context = new GenericApplicationContext();
  private final Map<String, BindingProperties> configured = new HashMap<>();

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void aFunctionWithTheDefaultDestinationHasItsTopic() {
    assertThat(events(functions("shout-in-0", "shout-out-0")))
        .containsExactlyInAnyOrder("shout-in-0", "shout-out-0");
  }

  @Test
  void aFunctionReadsTheTopicsThatItIsTold() {
    configured.put("shout-in-0", destination("a, b"));

    assertThat(events(functions("shout-in-0", "shout-out-0")))
        .containsExactlyInAnyOrder("a", "b", "shout-out-0");
  }

  @Test
  void aPatternMakesNoTopic() {
    configured.put("shout-in-0", destination("task.*|order.*"));

    assertThat(events(functions("shout-in-0", "shout-out-0"))).containsExactly("shout-out-0");
  }

  @Test
  void anAgentOfRecordsReadsWhatOthersMake() {
    configured.put("auditLog-in-0", destination("task-events"));
    AgentDefinition auditLog =
        new AgentDefinition(
            "audit-log",
            "auditLog",
            Effects.NONE,
            new Intake.Records("task-events"),
            PayloadTypes.none());

    assertThat(events(Stream.of(), auditLog)).isEmpty();
  }

  @Test
  void whatPublishersWriteIsNeededToo() {
    assertThat(
            new ApplicationTopics(
                    new AgentDefinitions(List.of()),
                    bindings(),
                    Stream::of,
                    () -> List.of(PayloadTypes.of(TaskCreated.class)),
                    Stream::of)
                .get()
                .all())
        .containsExactly("task-events");
  }

  @Test
  void topicsThatAreNoEventsAreMadeAsTheApplicationSays() {
    RecordTopic checkpoints = new RecordTopic("checkpoints", 1, Map.of("retention.ms", "-1"));

    RequiredTopics topics =
        new ApplicationTopics(
                new AgentDefinitions(List.of()),
                bindings(),
                Stream::of,
                List::of,
                () -> Stream.of(checkpoints))
            .get();

    assertThat(topics.all()).containsExactly("checkpoints");
    assertThat(topics.events()).isEmpty();
    assertThat(topics.others()).containsExactly(checkpoints);
  }

  private Set<String> events(Stream<Bindable> bound, AgentDefinition... agents) {
    return new ApplicationTopics(
            new AgentDefinitions(List.of(agents)), bindings(), () -> bound, List::of, Stream::of)
        .get()
        .events();
  }

  private BindingServiceProperties bindings() {
    context.refresh();
    BindingServiceProperties bindings = new BindingServiceProperties();
    bindings.setApplicationContext(context);
    bindings.setBindings(configured);
    return bindings;
  }

  private static Stream<Bindable> functions(String input, String output) {
    return Stream.of(
        new Bindable() {
          @Override
          public Set<String> getInputs() {
            return Set.of(input);
          }

          @Override
          public Set<String> getOutputs() {
            return Set.of(output);
          }
        });
  }

  private static BindingProperties destination(String destination) {
    BindingProperties binding = new BindingProperties();
    binding.setDestination(destination);
    return binding;
  }
}
