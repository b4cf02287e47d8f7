package io.eventagents.audit.index;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for; null is everything. All that is given has to hold.
 *
 * @param entity the record key
 * @param value a value within the data, or a word of one, in upper or lower case; with {@code
 *     field} the value of that
 * @param field the name of a field, or the names that lead to it, joined by dots; only with {@code
 *     value}
 * @param text words that all have to be within the data, or in the trace
 * @param from the earliest {@code occurred_at}
 * @param to the {@code occurred_at} before which to stop
 * @param unreadable only the records without, or only those with a readable event type
 */
public record RecordFilter(
    @Nullable String eventType,
    @Nullable String source,
    @Nullable String correlationId,
    @Nullable String causationId,
    @Nullable String entity,
    @Nullable String eventId,
    @Nullable String topic,
    @Nullable String value,
    @Nullable String field,
    @Nullable String text,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean unreadable) {

  /** Everything. */
  public static final RecordFilter ALL =
      new RecordFilter(
          null, null, null, null, null, null, null, null, null, null, null, null, null);

  /**
   * @throws IllegalArgumentException where there is a field without a value
   */
  public RecordFilter {
    if (field != null && value == null) {
      throw new IllegalArgumentException("A field is looked for with its value");
    }
  }

  /** Events of a type. */
  public static RecordFilter ofType(String eventType) {
    return new RecordFilter(
        eventType, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** Events of an agent. */
  public static RecordFilter ofSource(String source) {
    return new RecordFilter(
        null, source, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** Events of a chain. */
  public static RecordFilter ofChain(String correlationId) {
    return new RecordFilter(
        null, null, correlationId, null, null, null, null, null, null, null, null, null, null);
  }

  /** What an event, or a call, caused. */
  public static RecordFilter causedBy(String causationId) {
    return new RecordFilter(
        null, null, null, causationId, null, null, null, null, null, null, null, null, null);
  }

  /** Events of an entity. */
  public static RecordFilter ofEntity(String key) {
    return new RecordFilter(
        null, null, null, null, key, null, null, null, null, null, null, null, null);
  }

  /** The event of an id. */
  public static RecordFilter ofEvent(String eventId) {
    return new RecordFilter(
        null, null, null, null, null, eventId, null, null, null, null, null, null, null);
  }

  /** Events of a topic. */
  public static RecordFilter ofTopic(String topic) {
    return new RecordFilter(
        null, null, null, null, null, null, topic, null, null, null, null, null, null);
  }

  /** Events with a value within their data, in whatever field. */
  public static RecordFilter withValue(String value) {
    return new RecordFilter(
        null, null, null, null, null, null, null, value, null, null, null, null, null);
  }

  /** Events with a value of a field of their data. */
  public static RecordFilter withValue(String field, String value) {
    return new RecordFilter(
        null, null, null, null, null, null, null, value, field, null, null, null, null);
  }

  /** Events with all these words in their data. */
  public static RecordFilter withText(String text) {
    return new RecordFilter(
        null, null, null, null, null, null, null, null, null, text, null, null, null);
  }
}
