package io.eventagents.dispatch;

import io.eventagents.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The function bean of an agent. */
@FunctionalInterface
public interface AgentFunction {

  /**
   * Calls the agent. Null and an empty result mean no events, whatever container the function
   * returns.
   */
  List<?> apply(Event<?> event);

  /**
   * Wraps the bean.
   *
   * @param bean a {@link Function} or {@link Consumer} of events
   */
  @SuppressWarnings("unchecked")
  static AgentFunction of(Object bean) {
    if (bean instanceof Function<?, ?> function) {
      return event -> payloads(((Function<Event<?>, ?>) function).apply(event));
    }
    Consumer<Event<?>> consumer = (Consumer<Event<?>>) bean;
    return event -> {
      consumer.accept(event);
      return List.of();
    };
  }

  private static List<?> payloads(@Nullable Object returned) {
    return switch (returned) {
      case null -> List.of();
      case List<?> list -> list;
      case Collection<?> collection -> new ArrayList<>(collection);
      case Stream<?> stream -> stream.toList();
      case Optional<?> optional -> optional.stream().toList();
      default -> List.of(returned);
    };
  }
}
