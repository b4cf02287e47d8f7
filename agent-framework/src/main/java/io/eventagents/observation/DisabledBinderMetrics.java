package io.eventagents.observation;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.stream.binder.BindingCreatedEvent;
import org.springframework.cloud.stream.binder.kafka.KafkaBinderMetrics;

/**
 * Stands in for the binder's lag gauges. Those read through a consumer of each group that is in no
 * group, once a minute and topic, register the same gauge for every binding again and warn of both;
 * the Kafka clients' own meters tell the lag per partition, and {@code /actuator/agents} per group.
 */
public final class DisabledBinderMetrics extends KafkaBinderMetrics {

  /** Needs neither binder nor configuration, as it reads nothing. */
  @SuppressWarnings("NullAway")
  public DisabledBinderMetrics() {
    super(null, null);
  }

  @Override
  public void bindTo(MeterRegistry registry) {}

  @Override
  public void onApplicationEvent(BindingCreatedEvent event) {}
}
