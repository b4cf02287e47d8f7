package io.eventagents.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.send.KafkaBinders;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.ConsumerProperties;
import org.springframework.cloud.stream.binder.ProducerProperties;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.util.unit.DataSize;

class TopicProvisionerTests {

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void nobodyIsAskedForTheBrokerOnceTheTopicsAreThere() {
    try (SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler()) {
      TopicProvisioner topics =
          new TopicProvisioner(
              new BrokerAdmin(new KafkaBinders(OtherBinders::new)),
              () -> new RequiredTopics(Set.of("task-events"), Set.of(), List.of()),
              new TopicSettings(
                  true,
                  6,
                  null,
                  null,
                  Duration.ofDays(12),
                  Duration.ofDays(90),
                  DataSize.ofMegabytes(16)),
              scheduler,
              awaited -> {});
      topics.start();
      assertThat(topics.isProvisioned()).isTrue();
      assertThat(asked).hasValue(1);
      topics.stop();

      topics.start();

      assertThat(topics.isProvisioned()).isTrue();
      assertThat(asked).hasValue(1);
    }
  }

  /**
   * Counts how often somebody wants the broker. They are of no Kafka, which has nothing to make.
   */
  private final class OtherBinders implements BinderFactory {
    @Override
    @SuppressWarnings("NullAway")
    public <T> Binder<T, ? extends ConsumerProperties, ? extends ProducerProperties> getBinder(
        String configurationName, Class<? extends T> bindableType) {
      asked.incrementAndGet();
      return null;
    }
  }
}
