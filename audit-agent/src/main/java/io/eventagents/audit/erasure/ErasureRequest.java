package io.eventagents.audit.erasure;

import io.eventagents.StorableText;
import io.eventagents.http.FieldError;
import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.JsonFields;
import io.eventagents.http.JsonReader;
import io.eventagents.http.JsonValues;
import io.eventagents.http.UnfitValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request for an erasure. It is read strictly: one object, each name once, no unknown field. All
 * errors are reported at once.
 *
 * @param subject the subject whose payloads are erased
 * @param reason the reason, which the log keeps for good
 * @param wholeChains whether the payloads of all events in chains that concern the subject are
 *     erased
 * @param dryRun whether to count only
 */
record ErasureRequest(Subject subject, String reason, boolean wholeChains, boolean dryRun) {

  static final int LONGEST_VALUE = 400;

  private static final int MOST_FIELDS = 10;
  private static final int LONGEST_NAME = 128;
  private static final int LONGEST_REASON = 1000;
  private static final Set<String> KNOWN = Set.of("subject", "reason", "whole_chains", "dry_run");

  private static final JsonReader JSON =
      JsonBody.reader().nested("subject"::equals).exactDecimals();

  /**
   * Reads a body.
   *
   * @throws InvalidRequest if it is not a request for an erasure; says what is wrong
   */
  static ErasureRequest read(byte @Nullable [] body) {
    try {
      return read(JSON.read(body));
    } catch (InvalidRequest fault) {
      throw inOwnWords(fault, body);
    }
  }

  /** The message that clients know: without the place of the error and the number of others. */
  private static InvalidRequest inOwnWords(InvalidRequest fault, byte @Nullable [] body) {
    if (!fault.errors().isEmpty()) {
      FieldError first = fault.errors().getFirst();
      return new InvalidRequest(first.field() + " " + first.message() + ".", fault.errors());
    }
    if (fault.getCause() != null) {
      return new InvalidRequest("The body is no well-formed JSON.");
    }
    boolean blank = body != null && body.length > 0 && fault.getMessage().contains("is empty");
    return blank ? new InvalidRequest("The body must be a JSON object.") : fault;
  }

  private static ErasureRequest read(JsonBody body) {
    JsonFields fields = new JsonFields(body);
    Map<String, String> subject = subject(body.get("subject"), fields);
    if (!body.has("reason")) {
      fields.wrong("reason", "is required; the log keeps it");
    }
    String reason = fields.value("reason", ErasureRequest::reason);
    Boolean wholeChains = fields.value("whole_chains", JsonValues::flag);
    Boolean dryRun = fields.value("dry_run", JsonValues::flag);
    body.names().stream()
        .filter(name -> !KNOWN.contains(name))
        .limit(MOST_FIELDS)
        .forEach(
            name ->
                fields.wrong(
                    name, "is not known; an erasure has subject, reason, whole_chains, dry_run"));
    return new ErasureRequest(
        new Subject(fields.checked(subject)),
        fields.checked(reason),
        wholeChains == null || wholeChains,
        dryRun != null && dryRun);
  }

  private static Map<String, String> subject(@Nullable JsonNode subject, JsonFields errors) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (subject == null || !subject.isObject() || subject.isEmpty()) {
      errors.wrong("subject", "must be an object with at least one field, such as owner_id");
      return fields;
    }
    if (subject.size() > MOST_FIELDS) {
      errors.wrong("subject", "must have at most " + MOST_FIELDS + " fields");
      return fields;
    }
    for (Map.Entry<String, JsonNode> field : subject.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      String text = value.isString() || value.isNumber() ? value.asString() : "";
      if (!isText(name, LONGEST_NAME)) {
        errors.wrong(
            "subject", "must have fields with names of 1 to " + LONGEST_NAME + " characters");
      } else if (!isText(text, LONGEST_VALUE)) {
        errors.wrong(
            "subject." + name,
            "must be a text or a number of 1 to " + LONGEST_VALUE + " characters");
      } else {
        fields.put(name, text);
      }
    }
    return fields;
  }

  private static String reason(JsonNode reason) {
    if (!reason.isString()) {
      throw new UnfitValue("must be a text");
    }
    if (!isText(reason.stringValue(), LONGEST_REASON)) {
      throw new UnfitValue("must have 1 to " + LONGEST_REASON + " characters");
    }
    return reason.stringValue();
  }

  /** Whether the database can store it, which takes neither NUL nor half a surrogate pair. */
  private static boolean isText(String text, int longest) {
    return !text.isBlank() && text.length() <= longest && StorableText.replace(text).equals(text);
  }
}
