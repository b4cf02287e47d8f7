package io.eventagents.orchestrator.http;

import io.eventagents.http.InvalidRequest;
import io.eventagents.http.Problems;
import io.eventagents.orchestrator.task.Task;
import io.eventagents.orchestrator.task.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** The state that a task must be in for a change ({@code If-Match}, RFC 9110, section 13.1.1). */
sealed interface Precondition {

  /** The name of the header in problem documents. */
  String HEADER = "If-Match";

  /** There is no header. */
  record None() implements Precondition {}

  /** {@code *}: any state, as long as the task exists. */
  record Any() implements Precondition {}

  /**
   * One of several states.
   *
   * @param versions those that our strong tags name; other tags match nothing
   */
  record OneOf(List<Long> versions) implements Precondition {}

  /**
   * Reads the header.
   *
   * @param lines its lines; none if it is missing
   * @throws InvalidRequest if it is not a list of entity tags
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
   * Allows a change, or refuses it.
   *
   * @param required whether a change must have the header
   * @throws ErrorResponseException if the task is in another state, or if a required header is
   *     missing
   */
  default void check(Task task, boolean required) {
    boolean met =
        switch (this) {
          case None none -> {
            if (required) {
              throw Problems.of(
                  HttpStatus.PRECONDITION_REQUIRED,
                  "A change must name the state that it was made for. Read the task, and send its ETag as If-Match.");
            }
            yield true;
          }
          case Any any -> task.status() != TaskStatus.DELETED;
          case OneOf oneOf -> oneOf.versions().contains(task.version());
        };
    if (!met) {
      throw stale(task);
    }
  }

  private static ErrorResponseException stale(Task task) {
    ErrorResponseException problem =
        Problems.of(
            HttpStatus.PRECONDITION_FAILED,
            "Task %s has changed in the meantime, or the ETag is not one of its own. Read it again, and send its new ETag."
                .formatted(task.id()));
    if (task.status() != TaskStatus.DELETED) {
      problem.getHeaders().setETag(TaskTag.of(task).header());
    }
    return problem;
  }

  /** The form of an entity tag, by RFC 9110, and of ours. */
  final class Grammar {

    // Possessive, so that a long run of blanks is not split in every possible way.
    private static final Pattern ELEMENT =
        Pattern.compile(
            "[ \\t]*+(?:W/\"[^\"\\x00-\\x20\\x7f]*+\"|\"(?<strong>[^\"\\x00-\\x20\\x7f]*+)\")?+[ \\t]*+(?:,|$)");
    private static final Pattern OURS = Pattern.compile("([1-9]\\d{0,17})(?:-[0-9a-f]{8})?");

    private Grammar() {}
  }
}
