package io.eventagents.binding;

import io.eventagents.Event;
import io.eventagents.RecordBatch;
import io.eventagents.wire.InvalidPayload;
import io.eventagents.wire.PayloadTypes;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.JsonNode;

/**
 * What a function's type says: what it takes and what it emits.
 *
 * @param input the shape in which it takes events
 * @param taken the payloads of the events it takes; empty if its types do not say
 * @param emitted the payloads it may emit
 */
record AgentSignature(Input input, PayloadTypes taken, PayloadTypes emitted) {

  /** The shape in which an agent takes events. */
  enum Input {
    /** As payload records. */
    PAYLOADS,
    /** As trees, of types that are settings. */
    TREES,
    /** As whole batches of records. */
    RECORDS
  }

  private static final String SHAPES =
      "Declare the bean as Function<Event<T>, R> or Consumer<Event<T>>, with T a payload record or"
          + " a sealed interface of several, and R such a payload, or a List, Stream or Optional of"
          + " them.";

  /**
   * Reads the type of a bean.
   *
   * @param declared whether the bean bears {@code @Agent}, and so must be readable
   * @return null if the bean is not an agent but another function
   * @throws InvalidAgent if it is meant to be an agent but its types cannot be read
   */
  static @Nullable AgentSignature read(String beanName, ResolvableType bean, boolean declared) {
    boolean returns = bean.as(Function.class).resolve() != null;
    ResolvableType shape = bean.as(returns ? Function.class : Consumer.class);
    if (shape.resolve() == null) {
      return unreadable(beanName, declared, "it is neither a Function nor a Consumer but " + bean);
    }
    ResolvableType input = shape.getGeneric(0);
    if (!returns && RecordBatch.class.equals(input.resolve())) {
      return new AgentSignature(Input.RECORDS, PayloadTypes.none(), PayloadTypes.none());
    }
    if (!Event.class.equals(input.resolve())) {
      return unreadable(
          beanName, declared, "its input is " + (input.resolve() == null ? "not known" : input));
    }
    Class<?> payload = input.getGeneric(0).resolve();
    if (payload == null || payload == Object.class) {
      throw invalid(beanName, "the payload of its Event is not known");
    }
    boolean open = payload == JsonNode.class;
    return new AgentSignature(
        open ? Input.TREES : Input.PAYLOADS,
        open ? PayloadTypes.none() : payloads(beanName, payload),
        returns ? emitted(beanName, shape.getGeneric(1)) : PayloadTypes.none());
  }

  private static PayloadTypes emitted(String beanName, ResolvableType output) {
    Class<?> type = output.resolve();
    if (type == null || type == Object.class) {
      throw invalid(beanName, "what it returns is not known");
    }
    if (type == Void.class) {
      return PayloadTypes.none();
    }
    if (Collection.class.isAssignableFrom(type)) {
      return emitted(beanName, output.as(Collection.class).getGeneric(0));
    }
    if (type == Stream.class || type == Optional.class) {
      return emitted(beanName, output.getGeneric(0));
    }
    return payloads(beanName, type);
  }

  private static PayloadTypes payloads(String beanName, Class<?> payload) {
    try {
      return PayloadTypes.of(payload);
    } catch (InvalidPayload e) {
      throw new InvalidAgent("The agent bean '" + beanName + "': " + e.problem(), e.action());
    }
  }

  private static @Nullable AgentSignature unreadable(
      String beanName, boolean declared, String problem) {
    if (declared) {
      throw invalid(beanName, problem);
    }
    return null;
  }

  private static InvalidAgent invalid(String beanName, String problem) {
    return new InvalidAgent(
        "The types of the agent bean '" + beanName + "' cannot be read: " + problem + ".", SHAPES);
  }
}
