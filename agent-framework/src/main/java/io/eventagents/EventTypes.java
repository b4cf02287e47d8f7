package io.eventagents;

import java.util.Collection;
import org.springframework.core.env.Environment;

/**
 * Which events an agent takes whose types are settings instead of payload records.
 *
 * <pre>{@code
 * final class WatchedTypes implements EventTypes {
 *   @Override
 *   public Collection<String> in(Environment environment) {
 *     return Binder.get(environment).bind("watch.types", Bindable.listOf(String.class)).orElse(List.of());
 *   }
 * }
 *
 * @Bean
 * @Agent(effects = Effects.DATABASE, eventTypes = WatchedTypes.class)
 * Consumer<Event<JsonNode>> watch(Watched watched) { ... }
 * }</pre>
 *
 * <p>The agent reads their data as {@code tools.jackson.databind.JsonNode}, as it is on the wire.
 * Topics, filter and bindings follow from the types, as usual. The catalog of events is made from
 * the code and does not show such a reader. If it is possible that no type is configured, leave the
 * agent out by a condition on its bean.
 */
@FunctionalInterface
public interface EventTypes {

  /**
   * The types, {@code domain.action}; asked for once, before any bean is made, of an instance made
   * by the constructor without arguments.
   *
   * @param environment the settings of the application
   */
  Collection<String> in(Environment environment);
}
