package io.eventagents.audit.web;

import io.eventagents.http.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.MediaType;

/** How a whole search or chain is sent, as opposed to a page of it. */
enum ExportFormat {
  /** {@code {"events":[...]}}. */
  JSON(MediaType.APPLICATION_JSON_VALUE, "{\"events\":[\n", ",\n", "\n]}\n"),
  /** An event per line. */
  JSONL("application/jsonl", "", "\n", "\n");

  /** The request parameter that names a format. */
  static final String PARAMETER = "format";

  private final String contentType;
  private final String before;
  private final String between;
  private final String after;

  ExportFormat(String contentType, String before, String between, String after) {
    this.contentType = contentType;
    this.before = before;
    this.between = between;
    this.after = after;
  }

  /**
   * The format that a request asks for, by its parameter {@code format} or because its {@code
   * Accept} header begins with lines of JSON.
   *
   * @return empty if it asks for a page
   * @throws org.springframework.web.ErrorResponseException if the format is unknown
   */
  static Optional<ExportFormat> of(HttpServletRequest request) {
    String format = request.getParameter(PARAMETER);
    if (format != null && !format.isEmpty()) {
      return Optional.of(
          switch (format) {
            case "json" -> JSON;
            case "jsonl" -> JSONL;
            default -> throw new InvalidRequest(PARAMETER, "must be json or jsonl");
          });
    }
    String accept = request.getHeader("Accept");
    return accept != null && accept.strip().startsWith(JSONL.contentType)
        ? Optional.of(JSONL)
        : Optional.empty();
  }

  String contentType() {
    return contentType;
  }

  String before() {
    return before;
  }

  String between() {
    return between;
  }

  /**
   * @param none whether there was no event
   */
  String after(boolean none) {
    return this == JSONL && none ? "" : after;
  }
}
