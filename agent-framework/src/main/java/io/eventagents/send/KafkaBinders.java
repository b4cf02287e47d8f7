package io.eventagents.send;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.DefaultBinderFactory;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.properties.KafkaBinderConfigurationProperties;
import org.springframework.cloud.stream.binder.kafka.provisioning.KafkaTopicProvisioner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.MessageChannel;

/**
 * The Kafka binders, each with its configuration, which is in a context of the binder's own. With
 * it the framework's clients reach the broker as the binder does, with the same addresses, security
 * and settings. Thread-safe.
 */
public final class KafkaBinders implements DefaultBinderFactory.Listener {

  /**
   * A binder, and how it reaches the broker.
   *
   * @param binder knows the properties of each binding
   * @param configuration for producers and consumers
   * @param admin to look at topics and groups
   */
  public record Settings(
      KafkaMessageChannelBinder binder,
      KafkaBinderConfigurationProperties configuration,
      Map<String, Object> admin) {}

  private final Supplier<BinderFactory> binders;
  private final Map<KafkaMessageChannelBinder, Settings> settings = new ConcurrentHashMap<>();

  /**
   * @param binders asked late: the factory is made with its listeners
   */
  public KafkaBinders(Supplier<BinderFactory> binders) {
    this.binders = binders;
  }

  @Override
  public void afterBinderContextInitialized(
      String configurationName, ConfigurableApplicationContext binderContext) {
    binderContext
        .getBeanProvider(KafkaMessageChannelBinder.class)
        .ifAvailable(
            binder ->
                settings.put(
                    binder,
                    new Settings(
                        binder,
                        binderContext.getBean(KafkaBinderConfigurationProperties.class),
                        binderContext
                            .getBean(KafkaTopicProvisioner.class)
                            .getAdminClientProperties())));
  }

  /**
   * The binder of this configuration, which is made if it is not yet there; empty if it is not
   * Kafka's, such as the test binder.
   *
   * @param name null for the default binder
   */
  public Optional<Settings> find(@Nullable String name) {
    return binders.get().getBinder(name, MessageChannel.class)
            instanceof KafkaMessageChannelBinder binder
        ? Optional.of(Objects.requireNonNull(settings.get(binder), "The factory tells of each"))
        : Optional.empty();
  }
}
