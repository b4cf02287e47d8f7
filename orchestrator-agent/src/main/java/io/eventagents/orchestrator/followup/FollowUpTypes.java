package io.eventagents.orchestrator.followup;

import io.eventagents.EventTypes;
import java.util.Collection;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The types of the events that should follow others or be followed, from the settings. */
final class FollowUpTypes implements EventTypes {

  @Override
  public Collection<String> in(Environment environment) {
    return rules(environment).eventTypes();
  }

  static FollowUpRules rules(Environment environment) {
    return new FollowUpRules(
        Binder.get(environment)
            .bind("orchestrator.follow-ups", Bindable.listOf(FollowUpRule.class))
            .orElse(List.of()));
  }
}
