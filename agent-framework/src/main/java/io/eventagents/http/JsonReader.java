package io.eventagents.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a JSON object strictly: one object with nothing after it, and each name once. It has a
 * mapper of its own, so that no setting of the application makes it tolerant.
 *
 * <pre>{@code
 * JsonBody line = JsonBody.reader().named("line").read(bytes);
 * }</pre>
 *
 * <p>Immutable.
 */
public final class JsonReader {

  static final JsonReader PLAIN = new JsonReader("body", path -> false, new JsonMapper());

  private static final JsonMapper EXACT =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final byte[] NOTHING = {};

  private final String what;
  private final Predicate<String> nested;
  private final JsonMapper json;

  private JsonReader(String what, Predicate<String> nested, JsonMapper json) {
    this.what = what;
    this.nested = nested;
    this.json = json;
  }

  /** A reader whose messages call the text this instead of {@code body}. */
  public JsonReader named(String what) {
    return new JsonReader(what, nested, json);
  }

  /**
   * A reader that looks for repeated names in nested objects too.
   *
   * @param paths the objects, and lists of objects, such as {@code subject} or {@code
   *     lines[2].price}
   */
  public JsonReader nested(Predicate<String> paths) {
    return new JsonReader(what, paths, json);
  }

  /** A reader that keeps all digits of decimals. */
  public JsonReader exactDecimals() {
    return new JsonReader(what, nested, EXACT);
  }

  /**
   * Reads a text.
   *
   * @param text null if there is none, which is refused like an empty one
   * @throws InvalidRequest if it is no JSON, no object, or has a member twice
   */
  public JsonBody read(byte @Nullable [] text) {
    List<FieldError> repeated = new ArrayList<>();
    Map<String, JsonNode> members;
    try (JsonParser parser = json.createParser(text == null ? NOTHING : text)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new InvalidRequest("The " + what + " is empty; a JSON object is expected.");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new InvalidRequest("The " + what + " must be a JSON object.");
      }
      members = members(parser, "", repeated);
      if (parser.nextToken() != null) {
        throw new InvalidRequest(
            "The " + what + " must be one JSON object, with nothing after it.");
      }
    } catch (JacksonException broken) {
      throw new InvalidRequest(
          "The " + what + " is no well-formed JSON" + where(broken) + ".", List.of(), broken);
    }
    if (!repeated.isEmpty()) {
      throw new InvalidRequest(repeated);
    }
    return new JsonBody(members);
  }

  private Map<String, JsonNode> members(
      JsonParser parser, String prefix, List<FieldError> repeated) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (members.put(name, value(parser, prefix + name, repeated)) != null) {
        repeated.add(new FieldError(prefix + name, "is there more than once"));
      }
    }
    return members;
  }

  private JsonNode value(JsonParser parser, String path, List<FieldError> repeated) {
    if (parser.hasToken(JsonToken.START_OBJECT) && nested.test(path)) {
      return new ObjectNode(json.getNodeFactory(), members(parser, path + ".", repeated));
    }
    if (parser.hasToken(JsonToken.START_ARRAY) && nested.test(path)) {
      ArrayNode list = json.createArrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        list.add(value(parser, path + "[" + list.size() + "]", repeated));
      }
      return list;
    }
    return parser.readValueAsTree();
  }

  private static String where(JacksonException broken) {
    TokenStreamLocation at = broken.getLocation();
    if (at == null) {
      return "";
    }
    // One line of many is read alone, and would always be the first.
    String line = at.getLineNr() == 1 ? "" : "line " + at.getLineNr() + ", ";
    return ": see " + line + "column " + at.getColumnNr();
  }
}
