package io.eventagents.audit.console;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The data of events as viewers without the right to personal data see them. What the catalog marks
 * is {@code ••••}, and so is the same text elsewhere in the event, such as in a reason. Events of
 * types that the catalog does not have are shown as they are. Thread-safe.
 */
final class PersonalView {

  static final String MASK = "••••";

  /** Shorter texts would mask parts of every sentence. */
  private static final int SHORTEST_TOLD_APART = 4;

  /** If there are more, other texts are masked as a whole instead of being searched for each. */
  private static final int MOST_TOLD_APART = 200;

  /** Keeps numbers as exact as they were sent. */
  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final PersonalCatalog catalog;

  PersonalView(PersonalCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The data as the viewer may see them.
   *
   * @param data as JSON
   * @return as JSON; the same text if nothing is masked
   */
  String data(@Nullable String eventType, String data, Viewer viewer) {
    PersonalFields personal = catalog.of(eventType);
    if (viewer.seesPersonal() || personal.isEmpty()) {
      return data;
    }
    try {
      return EXACT.writeValueAsString(masked(EXACT.readTree(data), personal));
    } catch (JacksonException unreadable) {
      return '"' + MASK + '"'; // what cannot be read is not shown
    }
  }

  /**
   * A reason whose event is not at hand: mail addresses and phone numbers in it are masked,
   * whatever they belong to.
   */
  String reason(String text, Viewer viewer) {
    return viewer.seesPersonal() ? text : ContactMask.in(text);
  }

  /**
   * A text that belongs to the event, such as the key of its record or the reason of a failure, as
   * the viewer may see it.
   *
   * @param data of the event as JSON; null if it has none
   */
  String text(@Nullable String eventType, @Nullable String data, String text, Viewer viewer) {
    return texts(eventType, data, viewer).apply(text);
  }

  /** As above, for several texts of an event that is read once. */
  UnaryOperator<String> texts(@Nullable String eventType, @Nullable String data, Viewer viewer) {
    PersonalFields personal = catalog.of(eventType);
    if (viewer.seesPersonal() || personal.isEmpty() || data == null) {
      return UnaryOperator.identity();
    }
    try {
      Set<String> values = new HashSet<>();
      collect(EXACT.readTree(data), personal, values);
      return text -> without(values, text);
    } catch (JacksonException unreadable) {
      return text -> MASK;
    }
  }

  static JsonNode masked(JsonNode data, PersonalFields personal) {
    Set<String> values = new HashSet<>();
    collect(data, personal, values);
    return masked(data, personal, values);
  }

  private static JsonNode masked(JsonNode value, PersonalFields personal, Set<String> values) {
    if (personal.all()) {
      return value.isNull() ? value : StringNode.valueOf(MASK);
    }
    if (value.isObject()) {
      ObjectNode masked = EXACT.createObjectNode();
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        masked.set(field.getKey(), masked(field.getValue(), personal.of(field.getKey()), values));
      }
      return masked;
    }
    if (value.isArray()) {
      ArrayNode masked = EXACT.createArrayNode();
      value.forEach(element -> masked.add(masked(element, personal.ofElements(), values)));
      return masked;
    }
    return value.isString() ? StringNode.valueOf(without(values, value.asString())) : value;
  }

  private static void collect(JsonNode value, PersonalFields personal, Set<String> values) {
    if (personal.all()) {
      collectAll(value, values);
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(field -> collect(field.getValue(), personal.of(field.getKey()), values));
    } else if (value.isArray()) {
      value.forEach(element -> collect(element, personal.ofElements(), values));
    }
  }

  private static void collectAll(JsonNode value, Set<String> values) {
    if (value.isContainer()) {
      value.forEach(inner -> collectAll(inner, values));
    } else if (value.isString() && value.asString().length() >= SHORTEST_TOLD_APART) {
      values.add(value.asString());
    }
  }

  private static String without(Set<String> values, String text) {
    if (values.size() > MOST_TOLD_APART) {
      return MASK;
    }
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, MASK);
    }
    return masked;
  }
}
