package io.eventagents.audit.evidence;

import java.time.Instant;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How far a verification has come.
 *
 * @param startedAt when it began
 * @param bytes of the log that were looked at
 * @param of all that are
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record VerificationProgress(Instant startedAt, long bytes, long of) {}
