package io.eventagents.audit.verification;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * What was looked at.
 *
 * @param files how many daily files
 * @param lines how many lines
 * @param bytes how many bytes of text
 * @param firstFile the oldest file; null if there is none
 * @param lastFile the newest file
 * @param lastLoggedAt when the last line was logged; null if there is none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record LogExtent(
    int files,
    long lines,
    long bytes,
    @Nullable String firstFile,
    @Nullable String lastFile,
    @Nullable String lastLoggedAt) {}
