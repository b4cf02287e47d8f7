package io.eventagents.audit.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The trace that a record belongs to, by its header {@code traceparent} (W3C Trace Context).
 *
 * @param traceId 32 hexadecimal digits
 * @param sampled whether the trace is recorded; if not, there is nothing to look at
 */
public record TraceContext(String traceId, boolean sampled) {

  private static final Pattern TRACEPARENT =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?");

  /**
   * The trace that headers name; empty if they name none.
   *
   * @param headersJson the headers of a record, as the log has them
   */
  public static Optional<TraceContext> of(String headersJson) {
    if (!headersJson.contains("traceparent")) {
      return Optional.empty();
    }
    Optional<TraceContext> last = Optional.empty();
    try {
      for (JsonNode header : JsonMapper.shared().readTree(headersJson)) {
        if (header.path(0).asString("").equals("traceparent")) {
          last = parse(header.path(1).asString(""));
        }
      }
    } catch (JacksonException unreadable) {
      return Optional.empty(); // the index shortened them
    }
    return last;
  }

  private static Optional<TraceContext> parse(String traceparent) {
    Matcher matcher = TRACEPARENT.matcher(traceparent);
    return matcher.matches()
        ? Optional.of(
            new TraceContext(matcher.group(1), (Integer.parseInt(matcher.group(2), 16) & 1) == 1))
        : Optional.empty();
  }
}
