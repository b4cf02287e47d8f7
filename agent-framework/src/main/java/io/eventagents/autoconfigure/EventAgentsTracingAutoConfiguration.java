package io.eventagents.autoconfigure;

import io.eventagents.observation.SpanExportWatch;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;

/** Exports spans, if the operator has set where they go. */
@AutoConfiguration(
    beforeName =
        "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration")
@ConditionalOnClass({SpanExporters.class, SpanExporter.class, SpanExportingPredicate.class})
final class EventAgentsTracingAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  SpanExporters eventAgentsSpanExporters(ObjectProvider<SpanExporter> exporters) {
    return SpanExporters.of(
        exporters.orderedStream().<SpanExporter>map(SpanExportWatch::new).toList());
  }

  /** Leaves out probes and scrapes: they come every few seconds and are nobody's request. */
  @Bean
  SpanExportingPredicate eventAgentsNoProbes(
      @Value("${management.endpoints.web.base-path:/actuator}") String basePath) {
    if (basePath.isBlank() || basePath.equals("/")) {
      return span -> true; // nothing tells them from other requests
    }
    return span -> {
      String uri = span.getTags().get("http.url");
      return uri == null || !(uri.equals(basePath) || uri.startsWith(basePath + "/"));
    };
  }
}
