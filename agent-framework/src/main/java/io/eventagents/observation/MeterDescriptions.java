package io.eventagents.observation;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;

/**
 * Describes meters that are registered without a description, so that a dashboard can explain them.
 * A meter of an observation cannot have one of its own.
 */
public final class MeterDescriptions implements MeterFilter {

  private static final Map<String, String> DESCRIPTIONS =
      Map.ofEntries(
          Map.entry("event.agents.handle", "Time that an agent took to handle an event"),
          Map.entry("event.agents.handle.active", "Events that an agent is handling now"),
          Map.entry("http.server.requests", "Time that the application took to answer requests"),
          Map.entry("http.server.requests.active", "Requests that the application is answering"),
          Map.entry("http.client.requests", "Time until another system answered requests"),
          Map.entry("http.client.requests.active", "Requests that another system is answering"),
          Map.entry("tomcat.sessions.active.current", "HTTP sessions that are active now"),
          Map.entry("tomcat.sessions.active.max", "The most HTTP sessions active at a time"),
          Map.entry("tomcat.sessions.alive.max", "The longest life of an expired HTTP session"),
          Map.entry("tomcat.sessions.created", "HTTP sessions created"),
          Map.entry("tomcat.sessions.expired", "HTTP sessions expired"),
          Map.entry("tomcat.sessions.rejected", "HTTP sessions refused because of too many"),
          Map.entry("kafka.producer.node.request.latency.avg", "Average latency of a node"),
          Map.entry("kafka.producer.node.request.latency.max", "Maximum latency of a node"),
          Map.entry("kafka.consumer.node.request.latency.avg", "Average latency of a node"),
          Map.entry("kafka.consumer.node.request.latency.max", "Maximum latency of a node"));

  @Override
  public Meter.Id map(Meter.Id id) {
    String known = id.getDescription();
    String description = DESCRIPTIONS.get(id.getName());
    if (description == null || (known != null && !known.isBlank())) {
      return id;
    }
    return new Meter.Id(
        id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description, id.getType());
  }
}
