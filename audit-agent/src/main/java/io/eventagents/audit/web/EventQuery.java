package io.eventagents.audit.web;

import io.eventagents.audit.index.Criterion;
import io.eventagents.audit.index.RecordFilter;
import io.eventagents.audit.index.StorableTime;
import io.eventagents.http.InvalidRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;

/**
 * What a search looks for, by the parameters of its request. An empty parameter counts as absent.
 */
record EventQuery(
    @BindParam("event_type") @Nullable String eventType,
    @BindParam("source") @Nullable String source,
    @BindParam("correlation_id") @Nullable String correlationId,
    @BindParam("causation_id") @Nullable String causationId,
    @BindParam("entity") @Nullable String entity,
    @BindParam("event_id") @Nullable String eventId,
    @BindParam("topic") @Nullable String topic,
    @BindParam("value") @Nullable String value,
    @BindParam("field") @Nullable String field,
    @BindParam("text") @Nullable String text,
    @BindParam("from") @Nullable String from,
    @BindParam("to") @Nullable String to,
    @BindParam("unreadable") @Nullable String unreadable) {

  /**
   * @throws org.springframework.web.ErrorResponseException if a parameter is invalid
   */
  RecordFilter filter() {
    Map<Criterion, String> criteria = new EnumMap<>(Criterion.class);
    add(Criterion.TYPE, eventType, criteria);
    add(Criterion.SOURCE, source, criteria);
    add(Criterion.CHAIN, correlationId, criteria);
    add(Criterion.CAUSE, causationId, criteria);
    add(Criterion.ENTITY, entity, criteria);
    add(Criterion.EVENT, eventId, criteria);
    add(Criterion.TOPIC, topic, criteria);
    add(Criterion.VALUE, value, criteria);
    add(Criterion.FIELD, field, criteria);
    add(Criterion.TEXT, text, criteria);
    if (criteria.containsKey(Criterion.FIELD) && !criteria.containsKey(Criterion.VALUE)) {
      throw new InvalidRequest("field", "must come with a value");
    }
    Instant begin = instant("from", from);
    Instant end = instant("to", to);
    if (begin != null && end != null && begin.isAfter(end)) {
      throw new InvalidRequest("from", "must not be after to");
    }
    return new RecordFilter(criteria, begin, end, flag("unreadable", unreadable));
  }

  private static void add(
      Criterion criterion, @Nullable String text, Map<Criterion, String> criteria) {
    if (text != null && !text.isEmpty()) {
      criteria.put(criterion, text);
    }
  }

  private static @Nullable Instant instant(String parameter, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    try {
      // The plus of an offset arrives as a space if it was not encoded.
      return StorableTime.of(Instant.parse(value.replace(' ', '+')));
    } catch (DateTimeException e) {
      throw new InvalidRequest(parameter, "must be an instant such as 2025-01-15T14:30:22Z");
    }
  }

  private static @Nullable Boolean flag(String parameter, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidRequest(parameter, "must be true or false");
    };
  }
}
