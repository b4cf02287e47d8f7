package io.eventagents.audit.index;

import java.util.List;

/**
 * Tells calls from events among the ids that events name as their causes. The cause of a root event
 * is the call that it came from, such as {@code api-create-task-123}, so no event is missing there.
 */
public record Calls(List<String> prefixes) {

  /** Calls as the framework names them. */
  public static final Calls OF_THE_API = new Calls(List.of("api-"));

  public Calls {
    prefixes = List.copyOf(prefixes);
  }

  /**
   * @param causationId an id that no event has
   * @param correlationId the chain of the event that names it
   */
  public boolean isCall(String causationId, String correlationId) {
    return causationId.equals(correlationId) || prefixes.stream().anyMatch(causationId::startsWith);
  }
}
