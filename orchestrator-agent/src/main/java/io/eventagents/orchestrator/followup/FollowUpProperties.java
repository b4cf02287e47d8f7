package io.eventagents.orchestrator.followup;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for follow-ups, {@code orchestrator.*}.
 *
 * @param followUps which event should follow which; none by default
 */
@ConfigurationProperties("orchestrator")
public record FollowUpProperties(@DefaultValue List<FollowUpRule> followUps) {}
