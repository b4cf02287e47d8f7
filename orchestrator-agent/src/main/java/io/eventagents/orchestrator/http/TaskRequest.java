package io.eventagents.orchestrator.http;

import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.JsonFields;
import io.eventagents.http.JsonValues;
import io.eventagents.http.UnfitValue;
import io.eventagents.orchestrator.task.ChangeTask;
import io.eventagents.orchestrator.task.ChangeTask.NewValue;
import io.eventagents.orchestrator.task.CreateTask;
import io.eventagents.orchestrator.task.Task;
import io.eventagents.recurrence.InvalidRecurrence;
import io.eventagents.recurrence.Recurrence;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a command from a client's JSON object, or names everything that is wrong with it. */
final class TaskRequest {

  static final int LONGEST_TITLE = 200;

  private static final String TITLE = "title";
  private static final String OWNER_ID = "owner_id";
  private static final String PRIORITY = "priority";
  private static final String DUE_AT = "due_at";
  private static final String RECURRENCE = "recurrence";
  private static final String TIME_ZONE = "time_zone";
  private static final Set<String> KNOWN =
      Set.of(TITLE, OWNER_ID, PRIORITY, DUE_AT, RECURRENCE, TIME_ZONE);
  private static final String UNKNOWN =
      "is not known; a task has title, owner_id, priority, due_at, recurrence, time_zone";

  private static final int DEFAULT_PRIORITY = 1;
  private static final int HIGHEST_PRIORITY = 5;

  /** An owner's id becomes part of mail addresses and paths, so it has no special characters. */
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9._@+-]{1,128}");

  private TaskRequest() {}

  /**
   * The task that the client wants.
   *
   * @throws InvalidRequest if the object does not describe one
   */
  static CreateTask create(JsonBody body, Instant now) {
    JsonFields input = new JsonFields(body);
    String title = input.required(TITLE, TaskRequest::title);
    String ownerId = input.required(OWNER_ID, TaskRequest::ownerId);
    Integer priority = input.value(PRIORITY, TaskRequest::priority);
    Instant dueAt = input.optional(DUE_AT, TaskRequest::dueAt);
    if (dueAt != null) {
      Task.faultOfDueTime(dueAt, now).ifPresent(fault -> input.wrong(DUE_AT, fault));
    }
    String recurrence = input.optional(RECURRENCE, TaskRequest::recurrence);
    String timeZone = input.optional(TIME_ZONE, TaskRequest::timeZone);
    if (dueAt != null || !body.has(DUE_AT) || input.isNull(DUE_AT)) { // its own fault is enough
      Task.faultOfRecurrence(recurrence, dueAt, timeZone)
          .ifPresent(fault -> input.wrong(RECURRENCE, fault));
    }
    input.refuseUnknown(KNOWN, UNKNOWN);
    return new CreateTask(
        input.checked(title),
        input.checked(ownerId),
        priority == null ? DEFAULT_PRIORITY : priority,
        dueAt,
        recurrence,
        timeZone);
  }

  /**
   * The changes that the client wants, as in a JSON merge patch (RFC 7396): a missing member leaves
   * the field as it is, null removes its value.
   *
   * @throws InvalidRequest if the object does not describe one
   */
  static ChangeTask change(JsonBody body) {
    JsonFields input = new JsonFields(body);
    ChangeTask change =
        new ChangeTask(
            input.value(TITLE, TaskRequest::title),
            input.value(OWNER_ID, TaskRequest::ownerId),
            input.value(PRIORITY, TaskRequest::priority),
            newValue(input, DUE_AT, TaskRequest::dueAt),
            newValue(input, RECURRENCE, TaskRequest::recurrence),
            newValue(input, TIME_ZONE, TaskRequest::timeZone));
    input.refuseUnknown(KNOWN, UNKNOWN);
    input.check();
    return change;
  }

  private static <T> @Nullable NewValue<T> newValue(
      JsonFields input, String field, Function<JsonNode, T> reader) {
    return input.isNull(field)
        ? new NewValue<>(null)
        : input.value(field, node -> new NewValue<>(reader.apply(node)));
  }

  /**
   * Checks that the text could be an owner's id.
   *
   * @throws InvalidRequest if it could not
   */
  static String ownerId(String text) {
    if (!OWNER.matcher(text).matches()) {
      throw new InvalidRequest(OWNER_ID, "must be 1 to 128 characters of A-Z a-z 0-9 . _ @ + -");
    }
    return text;
  }

  private static String title(JsonNode node) {
    String title = JsonValues.text(node);
    if (title.isBlank()) {
      throw new UnfitValue("must not be empty");
    }
    if (title.codePointCount(0, title.length()) > LONGEST_TITLE) {
      throw new UnfitValue("must have at most " + LONGEST_TITLE + " characters");
    }
    if (title.codePoints().anyMatch(TaskRequest::isControl)) {
      throw new UnfitValue("must not contain line breaks or other control characters");
    }
    return title;
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  private static String ownerId(JsonNode node) {
    try {
      return ownerId(JsonValues.text(node));
    } catch (InvalidRequest malformed) {
      throw new UnfitValue(malformed.errors().getFirst().message());
    }
  }

  private static int priority(JsonNode node) {
    return JsonValues.whole(node, 1, HIGHEST_PRIORITY);
  }

  private static Instant dueAt(JsonNode node) {
    return JsonValues.time(node).truncatedTo(ChronoUnit.MICROS);
  }

  private static String recurrence(JsonNode node) {
    String rule = JsonValues.text(node);
    try {
      return Recurrence.of(rule).toString();
    } catch (InvalidRecurrence invalid) {
      throw new UnfitValue(invalid.reason());
    }
  }

  private static String timeZone(JsonNode node) {
    String zone = JsonValues.text(node);
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new UnfitValue("must be the name of a time zone, such as Europe/Berlin");
    }
    return zone;
  }
}
