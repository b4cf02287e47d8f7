package io.eventagents.notification.template;

import io.eventagents.EventTime;
import io.eventagents.notification.trigger.Trigger;
import io.eventagents.notification.trigger.Triggers;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields that a template may use. They are the fields of the event as on the wire, {@code
 * event_type}, and {@code <field>_iso} beside the wording of each time. A digest has {@code count}
 * and {@code items}. Beside its fields, each item has one named after its type, such as {@code
 * task_created}, for sections.
 */
final class TemplateModel {

  private static final String EVENT_TYPE = "event_type";
  private static final String ITEMS = "items";
  private static final String COUNT = "count";
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
  private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

  private TemplateModel() {}

  /** The names that a template of this event may use; null if there is no such event. */
  static @Nullable Set<String> names(String event) {
    Map<String, Class<? extends Trigger>> types = Triggers.types();
    Set<String> names = new LinkedHashSet<>();
    if (event.equals(TemplateName.DIGEST)) {
      names.add(COUNT);
      names.add(ITEMS);
      for (Class<?> type : types.values()) {
        names.add(flag(Triggers.eventType(type)));
        names.addAll(names(type));
      }
      return names;
    }
    Class<?> type = types.get(event);
    return type == null ? null : names(type);
  }

  static Map<String, @Nullable Object> of(Trigger trigger, Locale language, ZoneId zone) {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    model.put(EVENT_TYPE, Triggers.eventType(trigger.getClass()));
    for (RecordComponent component : trigger.getClass().getRecordComponents()) {
      String name = snakeCase(component.getName());
      Object value = value(component, trigger);
      if (component.getType() == Instant.class) {
        model.put(name, value == null ? null : time((Instant) value, language, zone));
        model.put(
            name + "_iso",
            value == null ? null : ((Instant) value).truncatedTo(ChronoUnit.SECONDS).toString());
      } else {
        model.put(name, value == null ? null : value.toString());
      }
    }
    return model;
  }

  static Map<String, @Nullable Object> of(
      List<? extends Trigger> triggers, Locale language, ZoneId zone) {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    model.put(COUNT, Integer.toString(triggers.size()));
    Set<String> all = Objects.requireNonNull(names(TemplateName.DIGEST));
    model.put(
        ITEMS,
        triggers.stream()
            .map(
                trigger -> {
                  Map<String, @Nullable Object> item = new LinkedHashMap<>();
                  // A field that this event lacks is empty, not taken from the enclosing model.
                  all.forEach(name -> item.put(name, null));
                  item.putAll(of(trigger, language, zone));
                  item.put(flag(Triggers.eventType(trigger.getClass())), true);
                  return item;
                })
            .toList());
    return model;
  }

  /** A model with a value in every field, to test a template. */
  static Map<String, @Nullable Object> example(String event) {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    for (String name : Objects.requireNonNull(names(event))) {
      model.put(name, name.equals(COUNT) ? "1" : "x");
    }
    if (event.equals(TemplateName.DIGEST)) {
      Map<String, @Nullable Object> item = new LinkedHashMap<>(model);
      model.put(ITEMS, List.of(item, item));
    }
    return model;
  }

  private static Set<String> names(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    names.add(EVENT_TYPE);
    for (RecordComponent component : type.getRecordComponents()) {
      String name = snakeCase(component.getName());
      names.add(name);
      if (component.getType() == Instant.class) {
        names.add(name + "_iso");
      }
    }
    return names;
  }

  /** In full: {@code Monday 20 January 2025, 17:00 UTC}. */
  private static String time(Instant at, Locale language, ZoneId zone) {
    if (at.isBefore(EventTime.EARLIEST) || at.isAfter(LATEST)) {
      return at.toString(); // no calendar has it, and not every zone can show it
    }
    DateTimeFormatter formatter =
        language.getLanguage().equals("en")
            ? DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm zzz", language)
            : new DateTimeFormatterBuilder()
                .appendLocalized(FormatStyle.FULL, null)
                .appendPattern(", HH:mm zzz")
                .toFormatter(language);
    return formatter
        .withZone(zone.normalized().getId().equals("Z") ? ZoneId.of("UTC") : zone)
        .format(at);
  }

  private static Object value(RecordComponent component, Trigger trigger) {
    try {
      return component.getAccessor().invoke(trigger);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  private static String flag(String eventType) {
    return eventType.replace('.', '_');
  }

  private static String snakeCase(String name) {
    return HUMP.matcher(name).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
  }
}
