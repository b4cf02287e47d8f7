package io.eventagents.scheduling;

import io.eventagents.RejectedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What other programs write, checked and made fit for a table and a calendar. */
final class Legible {

  private static final int LONGEST_ID = 255;
  private static final int LONGEST_TITLE = 2_000;
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private Legible() {}

  /** Whether it could be the id of a task or an owner. */
  static boolean isId(String value) {
    return !value.isBlank()
        && value.length() <= LONGEST_ID
        && value.codePoints().noneMatch(Legible::isIllegible);
  }

  /**
   * The id as it is.
   *
   * @throws RejectedEvent where it cannot be one
   */
  static String id(String field, String value) {
    if (!isId(value)) {
      throw new RejectedEvent(
          "%s must have 1 to %d characters, none of them a control character"
              .formatted(field, LONGEST_ID));
    }
    return value;
  }

  /**
   * The description of a task, its title without control characters and cut where it is endless.
   *
   * @throws RejectedEvent where the owner or the due time cannot be one
   */
  static Task.Description description(String ownerId, String title, @Nullable Instant dueAt) {
    if (dueAt != null && (dueAt.isBefore(EARLIEST) || dueAt.isAfter(LATEST))) {
      throw new RejectedEvent("due_at must be in the years 1 to 9999, not " + dueAt);
    }
    return new Task.Description(
        id("owner_id", ownerId),
        title(title),
        // What the database keeps, so that both compare equal.
        dueAt == null ? null : dueAt.truncatedTo(ChronoUnit.MICROS));
  }

  private static String title(String title) {
    StringBuilder readable = new StringBuilder();
    title
        .codePoints()
        .limit(LONGEST_TITLE)
        .forEach(character -> readable.appendCodePoint(isIllegible(character) ? ' ' : character));
    return readable.toString().strip();
  }

  private static boolean isIllegible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
