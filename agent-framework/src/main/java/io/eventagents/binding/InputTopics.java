package io.eventagents.binding;

import java.util.List;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.util.StringUtils;

/** What an agent reads, as its binding names it: topics or one pattern. */
public final class InputTopics {

  private InputTopics() {}

  /** The agent's topics, including replays, in the order in which they are named. */
  public static List<String> of(AgentDefinition agent, BindingServiceProperties bindings) {
    return in(bindings.getBindingDestination(agent.inputBinding()));
  }

  /**
   * What a destination names, split as the binder does: blanks around a comma are no part of it.
   */
  public static List<String> in(String destination) {
    return List.of(StringUtils.tokenizeToStringArray(destination, ","));
  }
}
