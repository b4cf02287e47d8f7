package io.eventagents.observation;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.stream.binder.BindingCreatedEvent;
import org.springframework.cloud.stream.binder.kafka.KafkaBinderMetrics;

/**
 * Replaces the binder's lag gauges. For each group those read through a consumer that is in no
 * group, once a minute and topic; they register the same gauge again for every binding, and warn
 * about both. The Kafka clients' own meters tell the lag per partition, and {@code
 * /actuator/agents} per group.
 */
public final class DisabledBinderMetrics extends KafkaBinderMetrics {

  /** It reads nothing, so it needs neither binder nor configuration. */
  @SuppressWarnings("NullAway")
  public DisabledBinderMetrics() {
    super(null, null);
  }

  @Override
  public void bindTo(MeterRegistry registry) {}

  @Override
  public void onApplicationEvent(BindingCreatedEvent event) {}
}
