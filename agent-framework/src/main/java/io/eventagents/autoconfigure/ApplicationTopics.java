package io.eventagents.autoconfigure;

import io.eventagents.RecordTopic;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.InputTopics;
import io.eventagents.binding.Intake;
import io.eventagents.deadletter.DeadLetters;
import io.eventagents.deadletter.Resolutions;
import io.eventagents.topic.RequiredTopics;
import io.eventagents.wire.PayloadTypes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * The topics that an application reads and writes: those of its bindings, its publishers and its
 * agents' dead letters.
 */
final class ApplicationTopics implements Supplier<RequiredTopics> {

  /** Anything else is the pattern of a function of the application, which makes no topic. */
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  private final AgentDefinitions agents;
  private final BindingServiceProperties bindings;
  private final Supplier<Stream<Bindable>> bound;
  private final Supplier<Collection<PayloadTypes>> published;
  private final Supplier<Stream<RecordTopic>> others;

  /**
   * @param bound what has inputs and outputs: agents and other functions of the application
   * @param others topics that the application itself declares
   */
  ApplicationTopics(
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      Supplier<Stream<Bindable>> bound,
      Supplier<Collection<PayloadTypes>> published,
      Supplier<Stream<RecordTopic>> others) {
    this.agents = agents;
    this.bindings = bindings;
    this.bound = bound;
    this.published = published;
    this.others = others;
  }

  @Override
  public RequiredTopics get() {
    Set<String> events = new TreeSet<>();
    Set<String> deadLetters = new TreeSet<>();
    Set<String> patterns = new TreeSet<>();
    for (AgentDefinition agent : agents) {
      switch (agent.intake()) {
        case Intake.Events taken -> {
          deadLetters.add(agent.deadLetterTopic());
          deadLetters.add(agent.replayTopic());
          deadLetters.add(Resolutions.TOPIC);
          events.add(DeadLetters.DELIVERY_TOPIC);
        }
        case Intake.Records records -> patterns.add(agent.inputBinding());
      }
    }
    // The binder makes no topics, and no property names those of functions that are not agents.
    bound
        .get()
        .flatMap(one -> Stream.concat(one.getInputs().stream(), one.getOutputs().stream()))
        .forEach(bindings::getBindingDestination);
    for (Map.Entry<String, BindingProperties> binding : bindings.getBindings().entrySet()) {
      String destination = binding.getValue().getDestination();
      if (destination != null && !patterns.contains(binding.getKey())) {
        InputTopics.in(destination).stream()
            .filter(topic -> TOPIC.matcher(topic).matches())
            .forEach(events::add);
      }
    }
    published.get().forEach(types -> events.addAll(types.topics()));
    events.removeAll(deadLetters);
    List<RecordTopic> known = others.get().toList();
    known.forEach(topic -> events.remove(topic.name()));
    return new RequiredTopics(events, deadLetters, known);
  }
}
