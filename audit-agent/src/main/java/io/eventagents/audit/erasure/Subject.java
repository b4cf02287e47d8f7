package io.eventagents.audit.erasure;

import io.eventagents.Sha256;
import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The subject of an erasure: fields with their values. A payload concerns the subject if any of the
 * fields has its value, at any depth, alone or in an array. A number equals a text of the same
 * value.
 *
 * @param fields the values by name
 */
record Subject(Map<String, String> fields) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};

  Subject {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** Reads what {@link #json} returned. */
  static Subject parse(String json) {
    return new Subject(JSON.readValue(json, FIELDS));
  }

  /** The fields as a JSON object, sorted by name and without spaces. */
  String json() {
    return JSON.writeValueAsString(fields);
  }

  /** SHA-256 of the id of the erasure, which is the salt, and {@link #json}. */
  String sha256(String erasure) {
    return Sha256.hex(erasure + json());
  }

  /**
   * Whether a payload concerns the subject. Of a payload that stops being JSON, the part before
   * that counts. A payload that is nested too deeply to be read concerns the subject if its text
   * contains a value.
   */
  boolean isConcernedBy(byte[] payload) {
    if (!mayConcern(payload)) {
      return false;
    }
    Deque<String> outer = new ArrayDeque<>();
    String name = "";
    try (JsonParser parser = JsonText.parser(payload)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case PROPERTY_NAME -> name = parser.currentName();
          case START_OBJECT -> {
            outer.push(name);
            name = "";
          }
          case START_ARRAY -> outer.push(name);
          case END_OBJECT, END_ARRAY -> name = outer.pop();
          case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
            String value = fields.get(name);
            if (value != null && equal(value, parser.getString(), token.isNumeric())) {
              return true;
            }
          }
          default -> {
            // No other value is a text or a number.
          }
        }
      }
      return false;
    } catch (StreamConstraintsException tooDeep) {
      return contains(payload);
    } catch (JacksonException noJson) {
      return false;
    }
  }

  /** Excludes most payloads without parsing them. */
  private boolean mayConcern(byte[] payload) {
    if (ByteText.first(payload, 0, payload.length, (byte) '\\') >= 0) {
      return true;
    }
    return fields.values().stream().anyMatch(value -> number(value) != null) || contains(payload);
  }

  private boolean contains(byte[] payload) {
    return fields.values().stream()
        .map(value -> value.getBytes(StandardCharsets.UTF_8))
        .anyMatch(value -> ByteText.first(payload, 0, payload.length, value) >= 0);
  }

  private static boolean equal(String value, String found, boolean isNumber) {
    if (value.equals(found)) {
      return true;
    }
    if (!isNumber) {
      return false;
    }
    BigDecimal wanted = number(value);
    BigDecimal number = wanted == null ? null : number(found);
    return wanted != null && number != null && wanted.compareTo(number) == 0;
  }

  private static @Nullable BigDecimal number(String text) {
    if (text.isEmpty() || text.length() > ErasureRequest.LONGEST_VALUE || !startsNumber(text)) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }

  private static boolean startsNumber(String text) {
    char first = text.charAt(0);
    return first == '-' || (first >= '0' && first <= '9');
  }

  /** Without the values, which are what is erased. */
  @Override
  public String toString() {
    return "Subject" + fields.keySet();
  }
}
