package io.eventagents.outbox;

import io.eventagents.StorableText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which {@link ParkedRecords} are meant: those that meet every criterion that is given.
 *
 * @param topic that were to go to this topic
 * @param reason whose reason contains this, in whatever case
 * @param from that were parked then or later
 * @param to that were parked before
 */
public record ParkedSelection(
    @Nullable String topic, @Nullable String reason, @Nullable Instant from, @Nullable Instant to) {

  /** All of them. */
  public static final ParkedSelection ALL = new ParkedSelection(null, null, null, null);

  /** Whether it leaves any out. */
  public boolean names() {
    return topic != null || reason != null || from != null || to != null;
  }

  /** The condition on a row, with a parameter for each criterion. */
  String condition() {
    List<String> conditions = new ArrayList<>(List.of("parked_at IS NOT NULL"));
    if (topic != null) {
      conditions.add("topic = ?");
    }
    if (reason != null) {
      conditions.add("position(lower(?) in lower(coalesce(parked_reason, ''))) > 0");
    }
    if (from != null) {
      conditions.add("parked_at >= ?");
    }
    if (to != null) {
      conditions.add("parked_at < ?");
    }
    return String.join(" and ", conditions);
  }

  /** The values of those parameters, in their order. */
  List<Object> parameters() {
    List<Object> parameters = new ArrayList<>();
    if (topic != null) {
      parameters.add(StorableText.replace(topic));
    }
    if (reason != null) {
      parameters.add(StorableText.replace(reason));
    }
    if (from != null) {
      parameters.add(from.atOffset(ZoneOffset.UTC));
    }
    if (to != null) {
      parameters.add(to.atOffset(ZoneOffset.UTC));
    }
    return parameters;
  }
}
