package io.eventagents.autoconfigure;

import io.eventagents.observation.AgentMetrics;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.observation.AgentsEndpoint;
import io.eventagents.observation.AgentsHealthIndicator;
import io.eventagents.observation.ConsumerLag;
import io.eventagents.observation.DisabledBinderMetrics;
import io.eventagents.observation.EventTraces;
import io.eventagents.observation.MeterDescriptions;
import io.eventagents.observation.MicrometerEventTraces;
import io.eventagents.outbox.OutboxEventPublishers;
import io.eventagents.topic.BrokerAdmin;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.cloud.stream.binder.kafka.KafkaBinderMetrics;
import org.springframework.cloud.stream.binder.kafka.config.ClientFactoryCustomizer;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;
import org.springframework.kafka.core.ProducerFactory;

/** What an operator sees of agents, depending on what is on the class path. */
@AutoConfiguration(
    before = EventAgentsAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
      "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
final class EventAgentsObservationAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
  static class HealthConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "agentsHealthIndicator")
    @ConditionalOnEnabledHealthIndicator("agents")
    AgentsHealthIndicator agentsHealthIndicator(AgentStatuses statuses) {
      return new AgentsHealthIndicator(statuses);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({ConditionalOnAvailableEndpoint.class, SanitizingFunction.class})
  static class EndpointConfiguration {

    /** For other endpoints that an operator exposes and that show settings. */
    @Bean
    SanitizingFunction eventAgentsSecretSettings() {
      return new SecretSettings();
    }

    @Bean
    @ConditionalOnAvailableEndpoint
    AgentsEndpoint agentsEndpoint(
        AgentStatuses statuses,
        BindingServiceProperties bindings,
        BrokerAdmin broker,
        ObjectProvider<OutboxEventPublishers> publishers) {
      return new AgentsEndpoint(
          statuses,
          bindings,
          new ConsumerLag(broker),
          () ->
              publishers.stream()
                  .findFirst()
                  .map(OutboxEventPublishers::published)
                  .orElse(Map.of()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(MeterRegistry.class)
  static class MetricsConfiguration {

    @Bean
    MeterDescriptions eventAgentsMeterDescriptions() {
      return new MeterDescriptions();
    }

    /** Not a MeterBinder bean: those are bound before the agents are known. */
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    ApplicationListener<ContextRefreshedEvent> eventAgentsMetrics(
        AgentStatuses statuses,
        MeterRegistry registry,
        ApplicationContext application,
        ObjectProvider<Clock> clock) {
      return refreshed -> {
        // The contexts of binders and of the management port are children and notify their parent.
        if (refreshed.getApplicationContext() == application) {
          new AgentMetrics(statuses, clock.getIfUnique(Clock::systemUTC)).bindTo(registry);
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({MeterRegistry.class, MicrometerConsumerListener.class})
  static class BinderMetricsConfiguration {

    @Bean
    @ConditionalOnMissingBean(KafkaBinderMetrics.class)
    DisabledBinderMetrics eventAgentsBinderMetrics() {
      return new DisabledBinderMetrics();
    }

    /**
     * The meters of Kafka's clients, which the binder leaves out if its lag gauges are replaced.
     */
    @Bean
    @ConditionalOnBean(MeterRegistry.class)
    @ConditionalOnMissingBean(name = "binderClientFactoryCustomizer")
    ClientFactoryCustomizer binderClientFactoryCustomizer(MeterRegistry registry) {
      return new ClientFactoryCustomizer() {
        @Override
        public void configure(ProducerFactory<?, ?> factory) {
          factory.addListener(new MicrometerProducerListener<>(registry));
        }

        @Override
        public void configure(ConsumerFactory<?, ?> factory) {
          factory.addListener(new MicrometerConsumerListener<>(registry));
        }
      };
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({Tracer.class, ObservationRegistry.class})
  static class TraceConfiguration {

    @Bean
    @ConditionalOnMissingBean(EventTraces.class)
    @ConditionalOnBean({Tracer.class, Propagator.class, ObservationRegistry.class})
    EventTraces eventAgentsMicrometerTraces(
        ObservationRegistry observations, Tracer tracer, Propagator propagator) {
      return new MicrometerEventTraces(observations, tracer, propagator);
    }
  }
}
