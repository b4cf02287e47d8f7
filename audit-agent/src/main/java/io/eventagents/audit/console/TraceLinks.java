package io.eventagents.audit.console;

import io.eventagents.audit.web.TraceContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Links to traces, {@code audit.trace-url}.
 *
 * @param traceUrl the address of a trace, with {@code {trace_id}} for its id, such as {@code
 *     http://localhost:16686/trace/{trace_id}}; if not set, chains show the id alone
 */
@ConfigurationProperties("audit")
record TraceLinks(@Nullable String traceUrl) {

  private static final Pattern ADDRESS = Pattern.compile("https?://[^/\\s]+.*\\{trace_id}\\S*");

  /** A chain that timers continue has a trace for each of them. */
  private static final int SHOWN = 5;

  /**
   * @throws IllegalArgumentException if the address is invalid or has no place for an id
   */
  TraceLinks {
    if (traceUrl != null && !ADDRESS.matcher(traceUrl).matches()) {
      throw new IllegalArgumentException(
          "audit.trace-url is '%s': set an http or https address with {trace_id} in it, such as http://localhost:16686/trace/{trace_id}"
              .formatted(traceUrl));
    }
  }

  /**
   * A trace on a page.
   *
   * @param url null if the trace is not recorded or no address is set
   */
  record Shown(String id, @Nullable String url) {}

  /** Null if no address is set. */
  @Nullable String url(String traceId) {
    return traceUrl == null ? null : traceUrl.replace("{trace_id}", traceId);
  }

  /** The traces of several records, by their headers, in their order. */
  List<Shown> of(List<String> headers) {
    Map<String, Boolean> sampled = new LinkedHashMap<>();
    headers.stream()
        .flatMap(one -> TraceContext.of(one).stream())
        .forEach(trace -> sampled.merge(trace.traceId(), trace.sampled(), Boolean::logicalOr));
    return sampled.entrySet().stream()
        .limit(SHOWN)
        .map(trace -> new Shown(trace.getKey(), trace.getValue() ? url(trace.getKey()) : null))
        .toList();
  }
}
