package io.eventagents.binding;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The agents of an application, in the order of their names. */
public record AgentDefinitions(List<AgentDefinition> all) implements Iterable<AgentDefinition> {

  /** Copies the list. */
  public AgentDefinitions {
    all = List.copyOf(all);
  }

  @Override
  public Iterator<AgentDefinition> iterator() {
    return all.iterator();
  }

  /** All of them. */
  public Stream<AgentDefinition> stream() {
    return all.stream();
  }
}
