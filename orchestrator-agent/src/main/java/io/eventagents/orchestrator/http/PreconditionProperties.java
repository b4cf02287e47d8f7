package io.eventagents.orchestrator.http;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for preconditions, {@code orchestrator.*}.
 *
 * @param requireIfMatch whether a change must name the state that it was made for
 */
@ConfigurationProperties("orchestrator")
public record PreconditionProperties(@DefaultValue("false") boolean requireIfMatch) {}
