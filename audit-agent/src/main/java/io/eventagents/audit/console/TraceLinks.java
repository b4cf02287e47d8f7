package io.eventagents.audit.console;

import org.jspecify.annotations.Nullable;

/**
 * Where traces are looked at.
 *
 * @param template an address with {@code {trace_id}} in it; null for no links
 */
record TraceLinks(@Nullable String template) {

  /** Null where nothing is set. */
  @Nullable String url(String traceId) {
    return template == null ? null : template.replace("{trace_id}", traceId);
  }
}
