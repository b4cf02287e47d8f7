package io.eventagents.scheduling.reminder;

import io.eventagents.EventIds;
import java.util.HashMap;
import java.util.Map;

/**
 * The events that one cause leads to. Their ids are known in advance, because the framework derives
 * the id of the nth event of a type.
 */
final class EmittedOrigins {

  private final String correlationId;
  private final String causeId;
  private final Map<String, Integer> ordinals = new HashMap<>();

  EmittedOrigins(String correlationId, String causeId) {
    this.correlationId = correlationId;
    this.causeId = causeId;
  }

  /** The next event of this type. Emit the events in the order of these calls. */
  Reminder.Origin next(String type) {
    int ordinal = ordinals.merge(type, 1, Integer::sum) - 1;
    return new Reminder.Origin(
        correlationId, EventIds.derive(ReminderScheduler.NAME, causeId, type, ordinal));
  }
}
