package io.eventagents.orchestrator.http;

import io.eventagents.http.InvalidRequest;
import io.eventagents.orchestrator.task.Task;
import io.eventagents.orchestrator.task.TaskRejection;
import io.eventagents.orchestrator.task.TaskRejection.StaleTask;
import io.eventagents.orchestrator.task.TaskRejection.UnconditionalChange;
import io.eventagents.orchestrator.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The state that a task must be in for a change ({@code If-Match}, RFC 9110, section 13.1.1). */
sealed interface Precondition {

  /** What {@code If-Match} is called in problems. */
  String HEADER = "If-Match";

  /** None is named. */
  record None() implements Precondition {}

  /** {@code *}: any, as long as there is one. */
  record Any() implements Precondition {}

  /**
   * One of these.
   *
   * @param versions what strong tags of ours name; others match nothing
   */
  record OneOf(List<Long> versions) implements Precondition {}

  /**
   * Reads the header.
   *
   * @param lines its lines; none where it is not there
   * @throws InvalidRequest where it is no list of entity tags
   */
  static Precondition of(List<String> lines) {
    String header = String.join(",", lines).strip();
    if (lines.isEmpty()) {
      return new None();
    }
    if (header.equals("*")) {
      return new Any();
    }
    List<Long> versions = new ArrayList<>();
    Matcher list = Grammar.ELEMENT.matcher(header);
    int at = 0;
    while (at < header.length() && list.region(at, header.length()).lookingAt()) {
      String tag = list.group("strong");
      Matcher ours = Grammar.OURS.matcher(tag == null ? "" : tag);
      if (ours.matches()) {
        versions.add(Long.parseLong(ours.group(1)));
      }
      at = list.end();
    }
    if (at < header.length() || header.isEmpty()) {
      throw new InvalidRequest(
          HEADER, "must be * or the ETag of a task in its quotes, such as \"3\"");
    }
    return new OneOf(versions);
  }

  /**
   * Lets a change pass, or refuses it.
   *
   * @param required whether changes must have one
   * @throws TaskRejection where the task is in another state, or none is named though it must be
   */
  default void check(Task task, boolean required) {
    boolean met =
        switch (this) {
          case None none -> {
            if (required) {
              throw new UnconditionalChange();
            }
            yield true;
          }
          case Any any -> task.status() != TaskStatus.DELETED;
          case OneOf oneOf -> oneOf.versions().contains(task.version());
        };
    if (!met) {
      throw new StaleTask(task);
    }
  }

  /** What is a tag, by RFC 9110, and what is one of ours. */
  final class Grammar {

    // Possessive: a long run of blanks must not be tried in every division.
    private static final Pattern ELEMENT =
        Pattern.compile(
            "[ \\t]*+(?:W/\"[^\"\\x00-\\x20\\x7f]*+\"|\"(?<strong>[^\"\\x00-\\x20\\x7f]*+)\")?+[ \\t]*+(?:,|$)");
    private static final Pattern OURS = Pattern.compile("([1-9]\\d{0,17})(?:-[0-9a-f]{8})?");

    private Grammar() {}
  }
}
