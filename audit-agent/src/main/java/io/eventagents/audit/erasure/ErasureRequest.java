package io.eventagents.audit.erasure;

import io.eventagents.http.FieldError;
import io.eventagents.http.InvalidRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is asked for, read strictly: one object, each name once, nothing unknown. All that is wrong
 * is told at once.
 *
 * @param subject whom it concerns
 * @param reason why, as the log tells it for good
 * @param wholeChains whether the payloads of all events of the chains go that the subject is
 *     concerned by
 * @param dryRun whether it is only counted
 */
record ErasureRequest(Subject subject, String reason, boolean wholeChains, boolean dryRun) {

  static final int LONGEST_VALUE = 400;

  private static final int MOST_FIELDS = 10;
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_REASON = 1000;
  private static final Set<String> KNOWN = Set.of("subject", "reason", "whole_chains", "dry_run");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /**
   * Reads a body.
   *
   * @throws org.springframework.web.ErrorResponseException where it asks for no erasure; says what
   *     has to be different
   */
  static ErasureRequest read(byte @Nullable [] body) {
    return new Reading(members(body)).request();
  }

  private static Map<String, JsonNode> members(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      throw new InvalidRequest("The body is empty; a JSON object is expected.");
    }
    Map<String, JsonNode> members = new LinkedHashMap<>();
    List<FieldError> repeated = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new InvalidRequest("The body must be a JSON object.");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        JsonNode value =
            name.equals("subject") && parser.hasToken(JsonToken.START_OBJECT)
                ? subject(parser, repeated)
                : parser.readValueAsTree();
        if (members.put(name, value) != null) {
          repeated.add(repeated(name));
        }
      }
      if (parser.nextToken() != null) {
        throw new InvalidRequest("The body must be one JSON object, with nothing after it.");
      }
    } catch (JacksonException broken) {
      throw new InvalidRequest("The body is no well-formed JSON.");
    }
    if (!repeated.isEmpty()) {
      throw invalid(repeated);
    }
    return members;
  }

  private static JsonNode subject(JsonParser parser, List<FieldError> repeated) {
    var subject = JSON.createObjectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (subject.replace(name, parser.readValueAsTree()) != null) {
        repeated.add(repeated("subject." + name));
      }
    }
    return subject;
  }

  private static FieldError repeated(String name) {
    return new FieldError(name, "is there more than once");
  }

  /** Its detail tells the first alone. */
  private static InvalidRequest invalid(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    return new InvalidRequest(first.field() + " " + first.message() + ".", errors);
  }

  private static final class Reading {

    private final Map<String, JsonNode> members;
    private final List<FieldError> errors = new ArrayList<>();

    Reading(Map<String, JsonNode> members) {
      this.members = members;
    }

    ErasureRequest request() {
      Map<String, String> subject = subject();
      String reason = reason();
      boolean wholeChains = flag("whole_chains", true);
      boolean dryRun = flag("dry_run", false);
      members.keySet().stream()
          .filter(name -> !KNOWN.contains(name))
          .limit(MOST_FIELDS)
          .forEach(
              name ->
                  wrong(
                      name, "is not known; an erasure has subject, reason, whole_chains, dry_run"));
      if (!errors.isEmpty()) {
        throw invalid(errors);
      }
      return new ErasureRequest(Subject.of(subject), reason, wholeChains, dryRun);
    }

    private Map<String, String> subject() {
      JsonNode subject = members.get("subject");
      Map<String, String> fields = new LinkedHashMap<>();
      if (subject == null || !subject.isObject() || subject.isEmpty()) {
        wrong("subject", "must be an object with at least one field, such as owner_id");
        return fields;
      }
      if (subject.size() > MOST_FIELDS) {
        wrong("subject", "must have at most " + MOST_FIELDS + " fields");
        return fields;
      }
      for (Map.Entry<String, JsonNode> field : subject.properties()) {
        String name = field.getKey();
        JsonNode value = field.getValue();
        String text = value.isString() || value.isNumber() ? value.asString() : "";
        if (name.isBlank() || name.length() > LONGEST_NAME || !isStorable(name)) {
          wrong("subject", "must have fields with names of 1 to " + LONGEST_NAME + " characters");
        } else if (text.isBlank() || text.length() > LONGEST_VALUE || !isStorable(text)) {
          wrong(
              "subject." + name,
              "must be a text or a number of 1 to " + LONGEST_VALUE + " characters");
        } else {
          fields.put(name, text);
        }
      }
      return fields;
    }

    private String reason() {
      JsonNode reason = members.get("reason");
      if (reason == null) {
        wrong("reason", "is required; the log keeps it");
      } else if (!reason.isString()) {
        wrong("reason", "must be a text");
      } else if (reason.stringValue().isBlank()
          || reason.stringValue().length() > LONGEST_REASON
          || !isStorable(reason.stringValue())) {
        wrong("reason", "must have 1 to " + LONGEST_REASON + " characters");
      } else {
        return reason.stringValue();
      }
      return "";
    }

    /** The database takes neither NUL nor half a surrogate pair. */
    private static boolean isStorable(String text) {
      return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private boolean flag(String name, boolean otherwise) {
      JsonNode flag = members.get(name);
      if (flag != null && !flag.isBoolean()) {
        wrong(name, "must be true or false");
      }
      return flag == null ? otherwise : flag.asBoolean(otherwise);
    }

    private void wrong(String field, String message) {
      errors.add(new FieldError(field, message));
    }
  }
}
