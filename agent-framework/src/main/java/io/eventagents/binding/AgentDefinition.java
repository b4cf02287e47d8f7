package io.eventagents.binding;

import io.eventagents.Agent;
import io.eventagents.Effects;
import io.eventagents.Ordering;
import io.eventagents.wire.PayloadTypes;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.StandardEnvironment;

/**
 * An agent as its bean declares it: everything else about its bindings follows from this.
 *
 * @param name its consumer group, and the {@code source} of what it emits
 * @param beanName the function bean
 * @param effects what it does besides returning events
 * @param ordering whether a key's events wait behind one that failed
 * @param intake what it takes
 * @param emits what it may emit; empty for a consumer
 */
public record AgentDefinition(
    String name,
    String beanName,
    Effects effects,
    Ordering ordering,
    Intake intake,
    PayloadTypes emits) {

  /** An agent whose events pass those that failed. */
  public AgentDefinition(
      String name, String beanName, Effects effects, Intake intake, PayloadTypes emits) {
    this(name, beanName, effects, Ordering.PASSING, intake, emits);
  }

  /**
   * The agent that a function of this type would be, without a bean and with only the settings of
   * the process.
   *
   * @param annotation the one on its bean method or class
   * @throws InvalidAgent if its types cannot be read
   */
  public static AgentDefinition of(
      String beanName, ResolvableType type, @Nullable Agent annotation) {
    return Objects.requireNonNull(
        AgentDiscovery.define(beanName, type, annotation, true, new StandardEnvironment()));
  }

  /** The binding that its records come in by. */
  public String inputBinding() {
    return beanName + "-in-0";
  }

  /**
   * The bindings that its events go out by, one per domain, in the order of {@link
   * PayloadTypes#domains()}.
   */
  public List<String> outputBindings() {
    return emits.domains().stream().map(this::outputBinding).toList();
  }

  /** The binding that events of this domain go out by. */
  public String outputBinding(String domain) {
    return beanName + "-out-" + emits.domains().indexOf(domain);
  }

  /** The topic for events that it could not handle, as they came. */
  public String deadLetterTopic() {
    return name + "-dead-letters";
  }

  /** The topic from which dead letters come back, to this agent alone. */
  public String replayTopic() {
    return name + "-replays";
  }
}
