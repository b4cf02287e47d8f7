package io.eventagents.audit.secondverifier;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an {@code erasure.completed} says (sections "Erasure" and "What has to hold", rules 14 and
 * 15).
 *
 * @param logId empty unless the event has one
 * @param records empty unless the event has a number of them
 * @param linesSha256 empty unless the event has one
 */
record Completed(
    String erasureId, Optional<String> logId, OptionalLong records, Optional<String> linesSha256) {

  static final String TOPIC = "erasure-events";

  private static final String TYPE = "event_type";
  private static final String DATA = "data";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final Pattern UNICODE = Pattern.compile("[0-9A-Fa-f]{4}");

  /** Reads an event, empty if it is another one. */
  static Optional<Completed> read(byte[] event) {
    try {
      return of(fields(event));
    } catch (FormException e) {
      return Optional.empty();
    }
  }

  /** Strings are kept decoded behind a quotation mark, numbers and words as they stand. */
  private static Optional<Completed> of(Map<String, String> fields) {
    Optional<String> id = string(fields, DATA + ".erasure_id");
    if (id.isEmpty() || !"\"erasure.completed".equals(fields.get(TYPE))) {
      return Optional.empty();
    }
    return Optional.of(
        new Completed(
            id.get(),
            string(fields, DATA + ".log_id"),
            number(fields.get(DATA + ".records")),
            string(fields, DATA + ".lines_sha256")));
  }

  private static Optional<String> string(Map<String, String> fields, String name) {
    String value = fields.get(name);
    return value != null && value.startsWith("\"")
        ? Optional.of(value.substring(1))
        : Optional.empty();
  }

  private static OptionalLong number(String value) {
    return value != null && NUMBER.matcher(value).matches()
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }

  /**
   * The fields of the event and of its {@code data}; of a name that occurs several times, the last.
   */
  private static Map<String, String> fields(byte[] event) throws FormException {
    JsonReader json = new JsonReader(event);
    Map<String, String> fields = new HashMap<>();
    String outer = "";
    String inner = null;
    for (JsonReader.Token token = json.next(); token != JsonReader.Token.END; token = json.next()) {
      int depth = json.depth();
      if (token == JsonReader.Token.NAME && depth == 1) {
        outer = decode(event, json);
        inner = null;
        forget(fields, outer);
      } else if (token == JsonReader.Token.NAME && depth == 2) {
        inner = decode(event, json);
        fields.remove(outer + "." + inner);
      } else if (depth == 1 && outer.equals(TYPE) && isScalar(token)) {
        fields.put(TYPE, scalar(event, json, token));
      } else if (depth == 2 && outer.equals(DATA) && inner != null && isScalar(token)) {
        fields.put(DATA + "." + inner, scalar(event, json, token));
      }
    }
    return fields;
  }

  private static void forget(Map<String, String> fields, String outer) {
    if (outer.equals(TYPE)) {
      fields.remove(TYPE);
    } else if (outer.equals(DATA)) {
      fields.keySet().retainAll(Set.of(TYPE));
    }
  }

  private static boolean isScalar(JsonReader.Token token) {
    return token == JsonReader.Token.STRING || token == JsonReader.Token.NUMBER;
  }

  private static String scalar(byte[] event, JsonReader json, JsonReader.Token token) {
    return token == JsonReader.Token.STRING
        ? "\"" + decode(event, json)
        : new String(
            event, json.tokenFrom(), json.tokenEnd() - json.tokenFrom(), StandardCharsets.US_ASCII);
  }

  /** The text of a name or string that was found to be valid. */
  private static String decode(byte[] event, JsonReader json) {
    int from = json.tokenFrom() + 1;
    String text = new String(event, from, json.tokenEnd() - 1 - from, StandardCharsets.UTF_8);
    StringBuilder decoded = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\\') {
        decoded.append(c);
      } else if (text.charAt(++at) == 'u'
          && UNICODE.matcher(text.substring(at + 1, at + 5)).matches()) {
        decoded.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
        at += 4;
      } else {
        decoded.append(unescaped(text.charAt(at)));
      }
    }
    return decoded.toString();
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }
}
