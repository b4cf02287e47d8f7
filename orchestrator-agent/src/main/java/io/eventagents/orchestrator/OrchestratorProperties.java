package io.eventagents.orchestrator;

import io.eventagents.orchestrator.followup.FollowUpRule;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the orchestrator agent, {@code orchestrator.*}.
 *
 * @param requireIfMatch whether a change must name the state that it was made for
 * @param followUps what should follow which event; nothing by default
 */
@ConfigurationProperties("orchestrator")
record OrchestratorProperties(
    @DefaultValue("false") boolean requireIfMatch, @DefaultValue List<FollowUpRule> followUps) {

  OrchestratorProperties {
    followUps = List.copyOf(followUps);
  }
}
