package io.eventagents.test;

import io.eventagents.EventHeaders;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules that the metadata of every event of a chain must follow. */
final class MetadataRules {

  private static final Pattern EVENT_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private MetadataRules() {}

  /**
   * Descriptions of what is wrong with an event.
   *
   * @param published all publications of the chain, by event id
   * @param agents the names of agents
   */
  static Stream<String> problemsOf(
      ChainEvent event, Map<String, List<ChainEvent>> published, Set<String> agents) {
    return Stream.of(
            cause(event, published, agents), content(event, published), headers(event, agents))
        .flatMap(problems -> problems);
  }

  private static Stream<String> cause(
      ChainEvent event, Map<String, List<ChainEvent>> published, Set<String> agents) {
    String causationId = event.metadata().causationId();
    if (causationId.equals(event.eventId())) {
      return Stream.of(event + " names itself as its cause");
    }
    if (published.containsKey(causationId)) {
      return Stream.empty();
    }
    if (EVENT_ID.matcher(causationId).matches()) {
      return Stream.of(
          "%s is caused by the event %s, which is not in the chain".formatted(event, causationId));
    }
    // A report about a record that is not an event has no event to name as its cause.
    if (agents.contains(event.metadata().source()) && !event.eventType().startsWith("delivery.")) {
      return Stream.of(
          "%s names '%s' as its cause, which is not an event of the chain; an agent never starts a chain"
              .formatted(event, causationId));
    }
    return Stream.empty();
  }

  private static Stream<String> content(ChainEvent event, Map<String, List<ChainEvent>> published) {
    return published.getOrDefault(event.eventId(), List.of()).stream()
        .filter(other -> !other.saysTheSameAs(event))
        .map(
            other ->
                "the id %s was published with different content: %s, and %s"
                    .formatted(event.eventId(), event, other));
  }

  private static Stream<String> headers(ChainEvent event, Set<String> agents) {
    Map<String, String> repeated = new LinkedHashMap<>();
    repeated.put(EventHeaders.EVENT_ID, event.eventId());
    repeated.put(EventHeaders.EVENT_TYPE, event.eventType());
    repeated.put(EventHeaders.CORRELATION_ID, event.metadata().correlationId());
    repeated.put(EventHeaders.CAUSATION_ID, event.metadata().causationId());
    repeated.put(EventHeaders.SOURCE, event.metadata().source());
    boolean required = agents.contains(event.metadata().source());
    return repeated.entrySet().stream()
        .filter(
            entry -> {
              String header = event.header(entry.getKey());
              return header == null ? required : !Objects.equals(header, entry.getValue());
            })
        .map(
            entry ->
                "the header %s of %s is '%s' instead of '%s'"
                    .formatted(
                        entry.getKey(), event, event.header(entry.getKey()), entry.getValue()));
  }
}
