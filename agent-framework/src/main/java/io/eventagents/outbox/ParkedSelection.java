package io.eventagents.outbox;

import io.eventagents.StorableText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;

/**
 * Selects the {@link ParkedRecords} that meet every given criterion.
 *
 * @param topic that were to go to this topic
 * @param reason whose reason contains this, in any case
 * @param from that were parked then or later
 * @param to that were parked before
 */
public record ParkedSelection(
    @Nullable String topic, @Nullable String reason, @Nullable Instant from, @Nullable Instant to) {

  /** The condition on a row, with {@link #parameters}. */
  static final String CONDITION =
      """
      parked_at is not null
      and (cast(:topic as text) is null or topic = :topic)
      and (cast(:reason as text) is null
           or position(lower(:reason) in lower(coalesce(parked_reason, ''))) > 0)
      and (cast(:from as timestamptz) is null or parked_at >= :from)
      and (cast(:to as timestamptz) is null or parked_at < :to)
      """;

  /** Whether it has a criterion. */
  public boolean names() {
    return topic != null || reason != null || from != null || to != null;
  }

  Map<String, Object> parameters() {
    return new MapSqlParameterSource()
        .addValue("topic", topic == null ? null : StorableText.replace(topic))
        .addValue("reason", reason == null ? null : StorableText.replace(reason))
        .addValue("from", from == null ? null : from.atOffset(ZoneOffset.UTC))
        .addValue("to", to == null ? null : to.atOffset(ZoneOffset.UTC))
        .getValues();
  }
}
