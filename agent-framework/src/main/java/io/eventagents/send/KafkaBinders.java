package io.eventagents.send;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cloud.stream.binder.DefaultBinderFactory;
import org.springframework.cloud.stream.binder.kafka.KafkaMessageChannelBinder;
import org.springframework.cloud.stream.binder.kafka.properties.KafkaBinderConfigurationProperties;
import org.springframework.cloud.stream.binder.kafka.provisioning.KafkaTopicProvisioner;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The configuration of each Kafka binder, which is in a context of the binder's own. With it the
 * framework's clients reach the broker as the binder does, with the same addresses, security and
 * settings.
 */
public final class KafkaBinders implements DefaultBinderFactory.Listener {

  /**
   * How a binder reaches the broker.
   *
   * @param binder for producers and consumers
   * @param admin to look at topics and groups
   */
  public record Settings(KafkaBinderConfigurationProperties binder, Map<String, Object> admin) {}

  private final Map<KafkaMessageChannelBinder, Settings> settings = new ConcurrentHashMap<>();

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
                        binderContext.getBean(KafkaBinderConfigurationProperties.class),
                        binderContext
                            .getBean(KafkaTopicProvisioner.class)
                            .getAdminClientProperties())));
  }

  /**
   * The configuration of this binder.
   *
   * @throws IllegalStateException if the binder factory did not make it
   */
  public Settings settings(KafkaMessageChannelBinder binder) {
    Settings known = settings.get(binder);
    if (known == null) {
      throw new IllegalStateException("This Kafka binder was not made by the binder factory");
    }
    return known;
  }
}
