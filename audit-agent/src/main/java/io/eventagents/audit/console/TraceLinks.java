package io.eventagents.audit.console;

import io.eventagents.audit.web.TraceContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where traces are looked at.
 *
 * @param template an address with {@code {trace_id}} in it; null for no links
 */
record TraceLinks(@Nullable String template) {

  /** A chain that timers carry on has one for each of them. */
  private static final int SHOWN = 5;

  /**
   * A trace on a page.
   *
   * @param url null where there is nothing to look at, or nothing is set
   */
  record Shown(String id, @Nullable String url) {}

  /** Null where nothing is set. */
  @Nullable String url(String traceId) {
    return template == null ? null : template.replace("{trace_id}", traceId);
  }

  /** Those of several records, by their headers, in their order. */
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
