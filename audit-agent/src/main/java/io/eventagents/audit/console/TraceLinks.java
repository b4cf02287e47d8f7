package io.eventagents.audit.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The traces of a chain, with links to where they are looked at. Thread-safe. */
public final class TraceLinks {

  /** A chain that timers carry on has one for each of them. */
  private static final int SHOWN = 5;

  private final @Nullable String template;

  /**
   * @param template an address with {@code {trace_id}} in it; null for no links
   */
  public TraceLinks(@Nullable String template) {
    this.template = template;
  }

  /** Those of the chain, in the order of its events. */
  List<Shown> of(Chain chain) {
    Map<String, Boolean> sampled = new LinkedHashMap<>();
    for (ChainEvent event : chain.events()) {
      if (event.traceId() != null) {
        sampled.merge(
            event.traceId(), Boolean.TRUE.equals(event.traceSampled()), Boolean::logicalOr);
      }
    }
    return sampled.entrySet().stream()
        .limit(SHOWN)
        .map(trace -> new Shown(trace.getKey(), trace.getValue() ? url(trace.getKey()) : null))
        .toList();
  }

  private @Nullable String url(String traceId) {
    return template == null ? null : template.replace("{trace_id}", traceId);
  }

  /**
   * A trace on the page.
   *
   * @param url null where there is nothing to look at, or nothing is set
   */
  record Shown(String id, @Nullable String url) {}
}
