package io.eventagents.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A record that cannot be sent until somebody removes the cause.
 *
 * @param id names it to {@link ParkedRecords}
 * @param key its record key, as text
 * @param parkedAt since when
 * @param reason what Kafka said of it
 * @param holds how many later records of its topic and key wait for it, as far as is known
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ParkedRecord(
    long id,
    String topic,
    @Nullable String key,
    @Nullable String eventId,
    Instant parkedAt,
    String reason,
    long holds) {}
