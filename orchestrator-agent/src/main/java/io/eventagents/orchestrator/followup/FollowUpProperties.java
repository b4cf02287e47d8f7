package io.eventagents.orchestrator.followup;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of follow-ups, {@code orchestrator.*}.
 *
 * @param followUps what should follow which event; nothing by default
 */
@ConfigurationProperties("orchestrator")
public record FollowUpProperties(@DefaultValue List<FollowUpRule> followUps) {}
