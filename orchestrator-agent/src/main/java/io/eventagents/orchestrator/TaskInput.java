package io.eventagents.orchestrator;

import io.eventagents.EventTime;
import io.eventagents.orchestrator.TaskCommand.ChangeTask;
import io.eventagents.orchestrator.TaskCommand.CreateTask;
import io.eventagents.orchestrator.TaskCommand.NewDueTime;
import io.eventagents.orchestrator.TaskCommand.NewText;
import io.eventagents.orchestrator.TaskRejection.FieldError;
import io.eventagents.orchestrator.TaskRejection.InvalidInput;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a command of a client's JSON object, or says everything that is wrong with it. */
final class TaskInput {

  static final int LONGEST_TITLE = 200;

  private static final String TITLE = "title";
  private static final String OWNER_ID = "owner_id";
  private static final String PRIORITY = "priority";
  private static final String DUE_AT = "due_at";
  private static final String RECURRENCE = "recurrence";
  private static final String TIME_ZONE = "time_zone";
  private static final Set<String> KNOWN =
      Set.of(TITLE, OWNER_ID, PRIORITY, DUE_AT, RECURRENCE, TIME_ZONE);

  private static final int DEFAULT_PRIORITY = 1;
  private static final int HIGHEST_PRIORITY = 5;
  private static final int MOST_ERRORS = 20;

  /** It becomes a part of mail addresses and of paths, so nothing that means something there. */
  private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9._@+-]{1,128}");

  private final JsonObject object;
  private final List<FieldError> errors = new ArrayList<>();

  private TaskInput(JsonObject object) {
    this.object = object;
  }

  /**
   * The task that the client wants.
   *
   * @throws InvalidInput where the object describes none
   */
  static CreateTask create(JsonObject object, Instant now) {
    TaskInput input = new TaskInput(object);
    String title = input.required(TITLE, TaskInput::title);
    String ownerId = input.required(OWNER_ID, TaskInput::ownerId);
    Integer priority = input.value(PRIORITY, TaskInput::priority);
    Instant dueAt = input.isNull(DUE_AT) ? null : input.value(DUE_AT, TaskInput::dueAt);
    if (dueAt != null && dueAt.isBefore(now)) {
      input.errors.add(past());
    }
    String recurrence =
        input.isNull(RECURRENCE) ? null : input.value(RECURRENCE, TaskInput::recurrence);
    String timeZone = input.isNull(TIME_ZONE) ? null : input.value(TIME_ZONE, TaskInput::timeZone);
    if (recurrence != null && (!object.members().containsKey(DUE_AT) || input.isNull(DUE_AT))) {
      input.errors.add(noStart());
    }
    input.refuseUnknown();
    return new CreateTask(
        input.checked(title),
        input.checked(ownerId),
        priority == null ? DEFAULT_PRIORITY : priority,
        dueAt,
        recurrence,
        timeZone);
  }

  /**
   * The changes that the client wants, in the manner of a JSON merge patch (RFC 7396): what is not
   * there stays, null removes.
   *
   * @throws InvalidInput where the object describes none
   */
  static ChangeTask change(JsonObject object) {
    TaskInput input = new TaskInput(object);
    ChangeTask change =
        new ChangeTask(
            input.value(TITLE, TaskInput::title),
            input.value(OWNER_ID, TaskInput::ownerId),
            input.value(PRIORITY, TaskInput::priority),
            input.isNull(DUE_AT)
                ? new NewDueTime(null)
                : input.value(DUE_AT, node -> new NewDueTime(dueAt(node))),
            input.isNull(RECURRENCE)
                ? new NewText(null)
                : input.value(RECURRENCE, node -> new NewText(recurrence(node))),
            input.isNull(TIME_ZONE)
                ? new NewText(null)
                : input.value(TIME_ZONE, node -> new NewText(timeZone(node))));
    input.refuseUnknown();
    input.refuseErrors();
    return change;
  }

  /**
   * Whether the text could be an owner's id.
   *
   * @throws InvalidInput where it could not
   */
  static String ownerId(String text) {
    if (!OWNER.matcher(text).matches()) {
      throw new InvalidInput(
          List.of(
              new FieldError(OWNER_ID, "must be 1 to 128 characters of A-Z a-z 0-9 . _ @ + -")));
    }
    return text;
  }

  /**
   * Nothing new is due before now.
   *
   * @throws InvalidInput where it is
   */
  static void refusePast(Instant dueAt, Instant now) {
    if (dueAt.isBefore(now)) {
      throw new InvalidInput(List.of(past()));
    }
  }

  /**
   * What recurs is due a first time.
   *
   * @throws InvalidInput where it is not
   */
  static void refuseRecurrenceWithoutStart(@Nullable String recurrence, @Nullable Instant dueAt) {
    if (recurrence != null && dueAt == null) {
      throw new InvalidInput(List.of(noStart()));
    }
  }

  private static FieldError noStart() {
    return new FieldError(RECURRENCE, "needs due_at, the first time that the task is due");
  }

  private static FieldError past() {
    return new FieldError(DUE_AT, "must not be in the past");
  }

  private static String title(JsonNode node) {
    String title = text(node);
    if (title.isBlank()) {
      throw new Unfit("must not be empty");
    }
    if (title.codePointCount(0, title.length()) > LONGEST_TITLE) {
      throw new Unfit("must have at most " + LONGEST_TITLE + " characters");
    }
    if (title.codePoints().anyMatch(TaskInput::isControl)) {
      throw new Unfit("must not contain line breaks or other control characters");
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
      return ownerId(text(node));
    } catch (InvalidInput malformed) {
      throw new Unfit(malformed.errors().get(0).message());
    }
  }

  private static Integer priority(JsonNode node) {
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      int priority = node.intValue();
      if (priority >= 1 && priority <= HIGHEST_PRIORITY) {
        return priority;
      }
    }
    throw new Unfit("must be a whole number from 1 to " + HIGHEST_PRIORITY);
  }

  private static Instant dueAt(JsonNode node) {
    if (node.isString()) {
      try {
        Instant time = OffsetDateTime.parse(node.stringValue()).toInstant();
        Instant stored = time.truncatedTo(ChronoUnit.MICROS);
        // In UTC, as it is on the wire: the offset may move it into another year.
        if (EventTime.isStorable(stored)) {
          return stored;
        }
      } catch (DateTimeException malformed) {
        // The message below says how to write it.
      }
    }
    throw new Unfit("must be a time with its offset, such as 2030-01-15T14:30:00Z");
  }

  private static String recurrence(JsonNode node) {
    String rule = text(node);
    RecurrenceRuleText.fault(rule)
        .ifPresent(
            fault -> {
              throw new Unfit(fault);
            });
    return rule;
  }

  private static String timeZone(JsonNode node) {
    String zone = text(node);
    if (!ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new Unfit("must be the name of a time zone, such as Europe/Berlin");
    }
    return zone;
  }

  private static String text(JsonNode node) {
    if (!node.isString()) {
      throw new Unfit("must be text");
    }
    return node.stringValue();
  }

  private boolean isNull(String field) {
    JsonNode node = object.members().get(field);
    return node != null && node.isNull();
  }

  private <T> @Nullable T required(String field, Function<JsonNode, T> reader) {
    if (!object.members().containsKey(field)) {
      errors.add(new FieldError(field, "is required"));
    }
    return value(field, reader);
  }

  private <T> @Nullable T value(String field, Function<JsonNode, T> reader) {
    JsonNode node = object.members().get(field);
    try {
      return node == null ? null : reader.apply(node);
    } catch (Unfit unfit) {
      errors.add(new FieldError(field, unfit.reason));
      return null;
    }
  }

  private void refuseUnknown() {
    object.members().keySet().stream()
        .filter(name -> !KNOWN.contains(name))
        .limit(MOST_ERRORS)
        .forEach(
            name ->
                errors.add(
                    new FieldError(
                        name,
                        "is not known; a task has title, owner_id, priority, due_at, recurrence,"
                            + " time_zone")));
  }

  private void refuseErrors() {
    if (!errors.isEmpty()) {
      throw new InvalidInput(errors);
    }
  }

  private <T> T checked(@Nullable T value) {
    refuseErrors();
    if (value == null) {
      throw new IllegalStateException("A missing value is an error, but there is none");
    }
    return value;
  }

  /** A value is not fit for its field. */
  private static final class Unfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    Unfit(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }
}
