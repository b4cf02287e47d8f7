package io.eventagents.binding;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.EventTypes;
import io.eventagents.Ordering;
import io.eventagents.wire.InvalidPayload;
import io.eventagents.wire.PayloadTypes;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;

/** Finds the agents among the bean definitions without making a bean. */
final class AgentDiscovery {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");

  private final ConfigurableListableBeanFactory beans;
  private final Environment environment;

  /**
   * @param environment says which events agents take whose types are settings
   */
  AgentDiscovery(ConfigurableListableBeanFactory beans, Environment environment) {
    this.beans = beans;
    this.environment = environment;
  }

  /**
   * The agents, sorted by name.
   *
   * @throws InvalidAgent if an agent is declared so that it cannot work
   */
  AgentDefinitions find() {
    Map<String, AgentDefinition> byName = new LinkedHashMap<>();
    for (String beanName : candidates()) {
      AgentDefinition agent = read(beanName);
      if (agent == null) {
        continue;
      }
      AgentDefinition other = byName.putIfAbsent(agent.name(), agent);
      if (other != null) {
        throw new InvalidAgent(
            "The beans '%s' and '%s' are both the agent '%s'; each would handle a part of the events."
                .formatted(other.beanName(), beanName, agent.name()),
            "Rename one of the beans, or name it apart with @Agent(name = \"...\").");
      }
    }
    return new AgentDefinitions(
        byName.values().stream().sorted(Comparator.comparing(AgentDefinition::name)).toList());
  }

  private Set<String> candidates() {
    Set<String> names = new LinkedHashSet<>();
    Collections.addAll(
        names, beans.getBeanNamesForType(ResolvableType.forClass(Function.class), true, false));
    Collections.addAll(
        names, beans.getBeanNamesForType(ResolvableType.forClass(Consumer.class), true, false));
    Stream.of(beans.getBeanDefinitionNames())
        .filter(name -> beans.findAnnotationOnBean(name, Agent.class, false) != null)
        .forEach(names::add);
    names.removeIf(name -> !beans.containsBeanDefinition(name));
    return names;
  }

  private @Nullable AgentDefinition read(String beanName) {
    Agent annotation = annotationOf(beanName);
    ResolvableType type = beans.getMergedBeanDefinition(beanName).getResolvableType();
    return define(beanName, type, annotation, annotation != null, environment);
  }

  /** The annotation of the bean method, else of its class: Spring looks in the other order. */
  private @Nullable Agent annotationOf(String beanName) {
    Agent onMethod =
        beans.getMergedBeanDefinition(beanName) instanceof RootBeanDefinition definition
                && definition.getResolvedFactoryMethod() != null
            ? AnnotatedElementUtils.findMergedAnnotation(
                definition.getResolvedFactoryMethod(), Agent.class)
            : null;
    return onMethod == null ? beans.findAnnotationOnBean(beanName, Agent.class, false) : onMethod;
  }

  static @Nullable AgentDefinition define(
      String beanName,
      ResolvableType type,
      @Nullable Agent annotation,
      boolean declared,
      Environment environment) {
    AgentSignature signature = AgentSignature.read(beanName, type, declared);
    if (signature == null) {
      return null;
    }
    return new AgentDefinition(
        name(beanName, annotation),
        beanName,
        annotation == null ? Effects.NONE : annotation.effects(),
        ordering(beanName, annotation, signature),
        intake(beanName, annotation, signature, environment),
        signature.emitted());
  }

  private static Intake intake(
      String beanName,
      @Nullable Agent annotation,
      AgentSignature signature,
      Environment environment) {
    Class<? extends EventTypes> configured =
        annotation == null ? EventTypes.class : annotation.eventTypes();
    if (signature.input() != AgentSignature.Input.TREES && configured != EventTypes.class) {
      throw new InvalidAgent(
          "The agent bean '%s' names eventTypes in @Agent, which is for agents whose types are settings; it has payload records, or takes records."
              .formatted(beanName),
          "Remove 'eventTypes', or take Event<JsonNode>.");
    }
    return switch (signature.input()) {
      case RECORDS -> new Intake.Records(topicPattern(beanName, annotation));
      case PAYLOADS -> events(beanName, annotation, signature.taken());
      case TREES ->
          events(beanName, annotation, configuredTypes(beanName, configured, environment));
    };
  }

  private static PayloadTypes configuredTypes(
      String beanName, Class<? extends EventTypes> configured, Environment environment) {
    if (configured == EventTypes.class) {
      throw new InvalidAgent(
          "The agent bean '" + beanName + "' takes events as JsonNode, but not of which types.",
          "Say it with @Agent(eventTypes = ...), a class that implements EventTypes.");
    }
    PayloadTypes types;
    try {
      types = PayloadTypes.open(BeanUtils.instantiateClass(configured).in(environment));
    } catch (InvalidPayload e) {
      throw new InvalidAgent(
          "What the agent bean '" + beanName + "' is set to take: " + e.problem(), e.action());
    }
    if (types.isEmpty()) {
      throw new InvalidAgent(
          "The agent bean '" + beanName + "' is set to take no events.",
          "Set some in what %s reads, or leave out the bean by a condition."
              .formatted(configured.getName()));
    }
    return types;
  }

  private static Ordering ordering(
      String beanName, @Nullable Agent annotation, AgentSignature signature) {
    Ordering ordering = annotation == null ? Ordering.PASSING : annotation.ordering();
    if (ordering == Ordering.STRICT && signature.input() == AgentSignature.Input.RECORDS) {
      throw new InvalidAgent(
          "The agent bean '%s' takes records and is declared Ordering.STRICT; a batch of records that fails comes again as a whole, so nothing can pass it."
              .formatted(beanName),
          "Remove 'ordering' from @Agent.");
    }
    if (ordering == Ordering.STRICT && annotation != null && annotation.effects() == Effects.NONE) {
      throw new InvalidAgent(
          "The agent bean '%s' is declared Ordering.STRICT and Effects.NONE; what waits behind a failed event is stored in a database, and agents without effects have none."
              .formatted(beanName),
          "Declare it Effects.DATABASE or Effects.EXTERNAL, or remove 'ordering' from @Agent.");
    }
    return ordering;
  }

  private static Intake events(String beanName, @Nullable Agent annotation, PayloadTypes taken) {
    if (annotation != null && !annotation.topics().isEmpty()) {
      throw new InvalidAgent(
          "The agent bean '%s' takes events and names topics in @Agent; its topics follow from its types."
              .formatted(beanName),
          "Remove 'topics', or override them by spring.cloud.stream.bindings.%s-in-0.destination."
              .formatted(beanName));
    }
    return new Intake.Events(taken);
  }

  private static String topicPattern(String beanName, @Nullable Agent annotation) {
    if (annotation == null || annotation.topics().isEmpty()) {
      throw new InvalidAgent(
          "The agent bean '" + beanName + "' takes records, but not of which topics.",
          "Say it with @Agent(topics = \".*-events\") on the bean method or the RecordLog.");
    }
    try {
      return Pattern.compile(annotation.topics()).pattern();
    } catch (PatternSyntaxException e) {
      throw new InvalidAgent(
          "The topics of the agent bean '%s' are not a regular expression: %s."
              .formatted(beanName, e.getDescription()),
          "Correct @Agent(topics = \"" + annotation.topics() + "\").");
    }
  }

  private static String name(String beanName, @Nullable Agent annotation) {
    String name =
        annotation == null || annotation.name().isEmpty() ? kebabCase(beanName) : annotation.name();
    if (!NAME.matcher(name).matches()) {
      throw new InvalidAgent(
          "The agent bean '%s' is named '%s', which is not a valid name for a consumer group and a topic."
              .formatted(beanName, name),
          "Use lower case letters, digits and hyphens, as in @Agent(name = \"notification-sms\").");
    }
    return name;
  }

  static String kebabCase(String beanName) {
    return beanName
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1-$2")
        .replace('_', '-')
        .toLowerCase(Locale.ROOT);
  }

  /** The names of beans that a function definition property would bind a second time. */
  static List<String> alsoDefined(AgentDefinitions agents, @Nullable String functionDefinition) {
    if (functionDefinition == null) {
      return List.of();
    }
    Set<String> defined = new HashSet<>(List.of(functionDefinition.split("[;|,\\s]+")));
    return agents.stream().map(AgentDefinition::beanName).filter(defined::contains).toList();
  }
}
