package io.eventagents.autoconfigure;

import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.binding.Intake;
import io.eventagents.topic.RequiredTopics;
import io.eventagents.wire.PayloadTypes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/**
 * The topics that an application reads and writes: those of its bindings, its publishers and its
 * agents' dead letters.
 */
final class ApplicationTopics implements Supplier<RequiredTopics> {

  /** Where {@code delivery.failed} and what follows it goes. */
  static final String DELIVERY = "delivery-events";

  private final AgentDefinitions agents;
  private final BindingServiceProperties bindings;
  private final Supplier<Collection<PayloadTypes>> published;

  ApplicationTopics(
      AgentDefinitions agents,
      BindingServiceProperties bindings,
      Supplier<Collection<PayloadTypes>> published) {
    this.agents = agents;
    this.bindings = bindings;
    this.published = published;
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
          events.add(DELIVERY);
        }
        case Intake.Records records -> patterns.add(agent.inputBinding());
      }
    }
    for (Map.Entry<String, BindingProperties> binding : bindings.getBindings().entrySet()) {
      String destination = binding.getValue().getDestination();
      if (destination != null && !patterns.contains(binding.getKey())) {
        Arrays.stream(destination.split(",")).map(String::strip).forEach(events::add);
      }
    }
    published.get().forEach(types -> events.addAll(types.topics()));
    events.removeAll(deadLetters);
    return new RequiredTopics(events, deadLetters);
  }
}
