package io.eventagents.observation;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The agents of this process as an operator sees them; complete when the application has started.
 * Thread-safe.
 */
public final class AgentStatuses implements Iterable<AgentStatus> {

  private final List<AgentStatus> all = new CopyOnWriteArrayList<>();

  /** Adds an agent. */
  public void add(AgentStatus status) {
    all.add(status);
  }

  /** All of them, sorted by name. */
  public List<AgentStatus> all() {
    return List.copyOf(all);
  }

  @Override
  public Iterator<AgentStatus> iterator() {
    return all().iterator();
  }
}
