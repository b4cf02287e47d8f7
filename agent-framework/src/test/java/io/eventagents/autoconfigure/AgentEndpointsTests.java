package io.eventagents.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Effects;
import io.eventagents.EventType;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.send.KafkaBinders;
import io.eventagents.topic.BrokerAdmin;
import io.eventagents.topic.TopicIds;
import io.eventagents.wire.PayloadTypes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.ConsumerProperties;
import org.springframework.cloud.stream.binder.ProducerProperties;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.core.ResolvableType;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

class AgentEndpointsTests {

  @EventType("task.created")
  record TaskCreated(String taskId) {}

  private final List<String> customized = new ArrayList<>();
  private final KafkaMessageDrivenChannelAdapter<?, ?> endpoint = endpoint();

  @Test
  void failuresOfAnAgentStayWithItsDispatcher() {
    endpoint.setErrorChannel(new DirectChannel());

    endpoints().configure(endpoint, "task-events,watcher-replays", "watcher");

    assertThat(endpoint.getErrorChannel()).isNull();
  }

  @Test
  void otherFunctionsAreLeftAsTheyAre() {
    DirectChannel errors = new DirectChannel();
    endpoint.setErrorChannel(errors);

    endpoints().configure(endpoint, "task-events", "watcher");
    endpoints().configure(endpoint, "task-events,watcher-replays", "somebody-else");

    assertThat(endpoint.getErrorChannel()).isSameAs(errors);
  }

  @Test
  void aFunctionMayBelongToNoGroup() {
    endpoints().configure(endpoint, "numbers", null);

    assertThat(customized).containsExactly("numbers null");
  }

  @Test
  void theApplicationsOwnCustomizerIsHandedOnTo() {
    endpoints().configure(endpoint, "task-events,watcher-replays", "watcher");

    assertThat(customized).containsExactly("task-events,watcher-replays watcher");
  }

  private AgentEndpoints endpoints() {
    AgentStatuses statuses = new AgentStatuses();
    PayloadTypes taken = PayloadTypes.of(TaskCreated.class);
    statuses.add(
        new AgentStatus(
            new AgentDefinition(
                "watcher", "watcher", Effects.NONE, new Intake.Events(taken), PayloadTypes.none()),
            new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0),
            1));
    BindingProperties binding = new BindingProperties();
    binding.setDestination("task-events,watcher-replays");
    binding.setGroup("watcher");
    BindingServiceProperties bindings = new BindingServiceProperties();
    bindings.setBindings(Map.of("watcher-in-0", binding));
    DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    RootBeanDefinition own = new RootBeanDefinition();
    own.setTargetType(CUSTOMIZER);
    own.setInstanceSupplier(
        () ->
            (ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>>)
                (one, destination, group) -> customized.add(destination + " " + group));
    beans.registerBeanDefinition("own", own);
    return new AgentEndpoints(
        statuses,
        bindings,
        new TopicIds(new BrokerAdmin(new KafkaBinders(NoBinders::new))),
        beans,
        beans.getBeanProvider(CUSTOMIZER));
  }

  private static final ResolvableType CUSTOMIZER =
      ResolvableType.forClassWithGenerics(
          ConsumerEndpointCustomizer.class,
          ResolvableType.forClassWithGenerics(
              KafkaMessageDrivenChannelAdapter.class, Object.class, Object.class));

  static final class NoBinders implements BinderFactory {
    @Override
    public <T> Binder<T, ? extends ConsumerProperties, ? extends ProducerProperties> getBinder(
        String configurationName, Class<? extends T> bindableType) {
      throw new IllegalStateException("No binder is asked for");
    }
  }

  private static KafkaMessageDrivenChannelAdapter<?, ?> endpoint() {
    return new KafkaMessageDrivenChannelAdapter<>(
        new KafkaMessageListenerContainer<>(
            new DefaultKafkaConsumerFactory<byte[], byte[]>(Map.of()),
            new ContainerProperties("task-events")));
  }
}
