package io.eventagents.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts requests that were refused. */
interface RefusalMeter {

  void count(RefusedRequest.Credential credentials, int status);

  /** The counter {@code event.agents.http.refused}, if there is a registry. */
  static RefusalMeter in(Supplier<@Nullable MeterRegistry> meters) {
    return (credentials, status) -> {
      MeterRegistry registry = meters.get();
      if (registry != null) {
        Counter.builder("event.agents.http.refused")
            .description("Requests that were refused for who sent them")
            .tag("credentials", credentials.tag())
            .tag("status", Integer.toString(status))
            .register(registry)
            .increment();
      }
    };
  }
}
