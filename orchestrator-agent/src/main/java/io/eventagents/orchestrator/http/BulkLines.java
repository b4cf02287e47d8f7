package io.eventagents.orchestrator.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.eventagents.http.FieldError;
import io.eventagents.http.InvalidRequest;
import io.eventagents.http.JsonBody;
import io.eventagents.http.JsonReader;
import io.eventagents.http.Problems;
import io.eventagents.orchestrator.task.CreateTask;
import io.eventagents.orchestrator.task.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** Many new tasks in one request, a JSON object per line (NDJSON), and an answer for each line. */
record BulkLines(List<Line> lines) {

  static final String MEDIA_TYPE = "application/x-ndjson";
  static final int MOST = 500;

  private static final JsonReader LINE = JsonBody.reader().named("line");

  /** A line of the request. */
  sealed interface Line {

    /** Its number, from 1; empty lines count. */
    int number();

    /** A task to create. */
    record Valid(int number, CreateTask command) implements Line {}

    /** Not a valid task. */
    record Refused(int number, InvalidRequest why) implements Line {}
  }

  /**
   * Reads all lines; wrong ones do not stop the others.
   *
   * @throws ErrorResponseException if there are more than {@link #MOST}
   * @throws InvalidRequest if there is none
   */
  static BulkLines read(byte[] body, Instant now) {
    Map<Integer, byte[]> texts = texts(body);
    if (texts.isEmpty()) {
      throw new InvalidRequest("The body is empty; a JSON object per line is expected.");
    }
    List<Line> lines = new ArrayList<>();
    texts.forEach((number, text) -> lines.add(line(number, text, now)));
    return new BulkLines(lines);
  }

  /** The lines that are not blank, by their numbers. */
  private static Map<Integer, byte[]> texts(byte[] body) {
    Map<Integer, byte[]> texts = new LinkedHashMap<>();
    int number = 0;
    for (int from = 0; from < body.length; ) {
      int to = end(body, from);
      number++;
      if (!isBlank(body, from, to)) {
        texts.put(number, Arrays.copyOfRange(body, from, to));
      }
      if (texts.size() > MOST) {
        throw Problems.of(
            HttpStatus.CONTENT_TOO_LARGE,
            "More than %d lines. Nothing was stored; split them into requests of at most %d."
                .formatted(MOST, MOST));
      }
      from = to + 1;
    }
    return texts;
  }

  private static int end(byte[] body, int from) {
    int to = from;
    while (to < body.length && body[to] != '\n') {
      to++;
    }
    return to;
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int at = from; at < to; at++) {
      if (body[at] != ' ' && body[at] != '\t' && body[at] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static Line line(int number, byte[] text, Instant now) {
    try {
      return new Line.Valid(number, TaskRequest.create(LINE.read(text), now));
    } catch (InvalidRequest why) {
      return new Line.Refused(number, why);
    }
  }

  /** The tasks to create, in the order of the lines. */
  List<CreateTask> commands() {
    return lines.stream()
        .filter(Line.Valid.class::isInstance)
        .map(line -> ((Line.Valid) line).command())
        .toList();
  }

  /**
   * The answers, one for each line.
   *
   * @param created the tasks that {@link #commands()} created
   */
  String answers(List<Task> created) {
    var tasks = created.iterator();
    return lines.stream()
        .map(
            line ->
                switch (line) {
                  case Line.Valid valid -> CreatedLine.of(valid.number(), tasks.next());
                  case Line.Refused refused -> RefusedLine.of(refused.number(), refused.why());
                })
        .map(HttpJson::text)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private record CreatedLine(int line, int status, String id, String location, String etag) {

    static CreatedLine of(int line, Task task) {
      return new CreatedLine(
          line,
          HttpStatus.CREATED.value(),
          task.id(),
          "/tasks/" + task.id(),
          TaskTag.of(task).header());
    }
  }

  /** A problem document that names its line. */
  @JsonInclude(Include.NON_NULL)
  private record RefusedLine(
      int line, int status, String title, String detail, @Nullable List<FieldError> errors) {

    static RefusedLine of(int line, InvalidRequest why) {
      HttpStatus status = HttpStatus.BAD_REQUEST;
      return new RefusedLine(
          line,
          status.value(),
          status.getReasonPhrase(),
          why.getMessage(),
          why.errors().isEmpty() ? null : why.errors());
    }
  }
}
