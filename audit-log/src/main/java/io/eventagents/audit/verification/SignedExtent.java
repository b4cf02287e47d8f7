package io.eventagents.audit.verification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How far signed checkpoints vouch for the log.
 *
 * @param checkpoints how many fit the log
 * @param lines the lines that the last of them covers
 * @param file the file that it ends in; null if there is none
 * @param bytes where in that file
 * @param time when it was made; null if there is none
 * @param pinned whether the key was known from elsewhere; if not, it is the one beside the log
 * @param keys the keys that signed or may sign
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SignedExtent(
    long checkpoints,
    long lines,
    @Nullable String file,
    long bytes,
    @Nullable Instant time,
    boolean pinned,
    int keys) {}
