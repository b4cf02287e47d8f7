package io.eventagents.autoconfigure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.Agent;
import io.eventagents.EntityKey;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventType;
import io.eventagents.RecordBatch;
import io.eventagents.RejectedEvent;
import io.eventagents.binding.AgentDefinitions;
import io.eventagents.observation.AgentStatus;
import io.eventagents.observation.AgentStatuses;
import io.eventagents.topic.RequiredTopics;
import io.eventagents.wire.PayloadTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.stream.binder.test.InputDestination;
import org.springframework.cloud.stream.binder.test.OutputDestination;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From bean to channel and back, on the test binder. */
class AgentWiringTests {

  sealed interface Taken {}

  @EventType("task.created")
  record TaskCreated(String taskId) implements Taken {}

  @EventType("order.placed")
  record OrderPlaced(String orderId) implements Taken {}

  sealed interface Emitted {}

  @EventType("parcel.sent")
  record ParcelSent(String orderId) implements Emitted {}

  @EventType("invoice.issued")
  record InvoiceIssued(@EntityKey String invoiceId) implements Emitted {}

  @EventType("notification.sent")
  record NotificationSent(String taskId) {}

  @Configuration(proxyBeanMethods = false)
  static class Agents {
    @Bean
    Function<Event<TaskCreated>, Optional<NotificationSent>> notificationSms() {
      return event -> {
        if (event.data().taskId().equals("bad")) {
          throw new RejectedEvent("no such task");
        }
        return Optional.of(new NotificationSent(event.data().taskId()));
      };
    }

    @Bean
    Function<Event<Taken>, List<? extends Emitted>> billing() {
      return event ->
          switch (event.data()) {
            case TaskCreated created -> List.of();
            case OrderPlaced placed ->
                List.of(new ParcelSent(placed.orderId()), new InvoiceIssued("i-1"));
          };
    }

    @Bean
    @Agent(name = "everything", topics = ".*-events")
    Consumer<RecordBatch> auditLog(List<RecordBatch> batches) {
      return batches::add;
    }

    @Bean
    List<RecordBatch> batches() {
      return new CopyOnWriteArrayList<>();
    }

    @Bean
    Function<String, String> shout() {
      return text -> text.toUpperCase(java.util.Locale.ROOT);
    }

    @Bean
    Consumer<String> listener(List<String> heard) {
      return heard::add;
    }

    @Bean
    List<String> heard() {
      return new CopyOnWriteArrayList<>();
    }

    @Bean
    ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>> ownEndpoints() {
      return (endpoint, destination, group) -> {};
    }

    @Bean
    ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> ownContainers() {
      return (container, destination, group) -> {};
    }
  }

  private static ConfigurableApplicationContext application = start();
  private static final JsonMapper JSON = JsonMapper.shared();

  private static ConfigurableApplicationContext start() {
    return OnTestBinder.run(Agents.class, "--spring.cloud.function.definition=shout;listener");
  }

  @BeforeAll
  static void isRunning() {
    assertThat(application.isRunning()).isTrue();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private static BindingServiceProperties bindings(ConfigurableApplicationContext context) {
    return context.getBean(BindingServiceProperties.class);
  }

  @Test
  void destinationsAndGroupsFollowFromTheTypes() {
    BindingServiceProperties bindings = bindings(application);

    assertThat(bindings.getBindingDestination("notificationSms-in-0"))
        .isEqualTo("task-events,notification-sms-replays");
    assertThat(bindings.getGroup("notificationSms-in-0")).isEqualTo("notification-sms");
    assertThat(bindings.getBindingDestination("notificationSms-out-0"))
        .isEqualTo("notification-events");
    assertThat(bindings.getBindingDestination("billing-in-0"))
        .isEqualTo("order-events,task-events,billing-replays");
    assertThat(bindings.getBindingDestination("billing-out-0")).isEqualTo("invoice-events");
    assertThat(bindings.getBindingDestination("billing-out-1")).isEqualTo("parcel-events");
    assertThat(bindings.getBindingDestination("auditLog-in-0")).isEqualTo(".*-events");
    assertThat(bindings.getGroup("auditLog-in-0")).isEqualTo("everything");
  }

  @Test
  void anEventComesInAndWhatTheAgentEmitsGoesOut() {
    send("task-events,notification-sms-replays", "task.created", "{\"task_id\": \"t-1\"}");

    JsonNode event = received("notification-events");
    assertThat(event.path("event_id").asString())
        .isEqualTo(EventIds.derive("notification-sms", "e-1", "notification.sent", 0));
    assertThat(event.path("data").path("task_id").asString()).isEqualTo("t-1");
    assertThat(event.path("metadata").toString())
        .isEqualTo(
            "{\"correlation_id\":\"req-1\",\"causation_id\":\"e-1\",\"source\":\"notification-sms\"}");
  }

  @Test
  void eachDomainHasItsTopic() {
    send("order-events,task-events,billing-replays", "order.placed", "{\"order_id\": \"o-1\"}");

    Message<byte[]> invoice = requireNonNull(output().receive(0, "invoice-events"));
    Message<byte[]> parcel = requireNonNull(output().receive(0, "parcel-events"));
    assertThat(invoice.getHeaders())
        .containsEntry("event_type", "invoice.issued")
        .containsEntry("source", "billing");
    assertThat((byte[]) invoice.getHeaders().get("kafka_messageKey")).asString().isEqualTo("i-1");
    assertThat(parcel.getHeaders()).containsEntry("event_type", "parcel.sent");
    assertThat((byte[]) parcel.getHeaders().get("kafka_messageKey"))
        .asString()
        .isEqualTo("entity-1");
  }

  @Test
  void aRejectedEventGoesToTheDeadLettersAndIsToldInItsChain() {
    send("task-events,notification-sms-replays", "task.created", "{\"task_id\": \"bad\"}");

    Message<byte[]> letter = requireNonNull(output().receive(0, "notification-sms-dead-letters"));
    assertThat(letter.getHeaders())
        .containsEntry("dead_letter_reason", "no such task")
        .containsEntry("dead_letter_agent", "notification-sms");
    JsonNode told = received("delivery-events");
    assertThat(told.path("event_type").asString()).isEqualTo("delivery.failed");
    assertThat(told.path("metadata").path("correlation_id").asString()).isEqualTo("req-1");
    assertThat(told.path("metadata").path("causation_id").asString()).isEqualTo("e-1");
  }

  @Test
  void recordsOfAnyKindReachTheAgentThatTakesThem() {
    application
        .getBean(InputDestination.class)
        .send(
            new org.springframework.messaging.support.GenericMessage<>(new byte[] {1, 2}),
            ".*-events");

    @SuppressWarnings("unchecked")
    List<RecordBatch> batches = (List<RecordBatch>) application.getBean("batches");
    assertThat(batches)
        .anySatisfy(
            batch -> assertThat(batch.records().getFirst().record().value()).containsExactly(1, 2));
  }

  @Test
  void functionsThatAreNoAgentsWorkAsEver() {
    InputDestination input = application.getBean(InputDestination.class);
    input.send(MessageBuilder.withPayload("hello".getBytes(UTF_8)).build(), "shout-in-0");
    input.send(MessageBuilder.withPayload("hear".getBytes(UTF_8)).build(), "listener-in-0");

    assertThat(requireNonNull(output().receive(0, "shout-out-0")).getPayload())
        .asString()
        .isEqualTo("HELLO");
    assertThat((List<?>) application.getBean("heard")).asString().isEqualTo("[hear]");
  }

  @Test
  void topicsOfAgentsAndOtherFunctionsAreKnown() {
    RequiredTopics topics =
        new ApplicationTopics(
                application.getBean(AgentDefinitions.class),
                bindings(application),
                application.getBeanProvider(Bindable.class)::stream,
                () -> List.of(PayloadTypes.of(NotificationSent.class)),
                Stream::of)
            .get();

    assertThat(topics.events())
        .containsExactlyInAnyOrder(
            "delivery-events",
            "invoice-events",
            "listener-in-0",
            "notification-events",
            "order-events",
            "parcel-events",
            "shout-in-0",
            "shout-out-0",
            "task-events");
    assertThat(topics.deadLetters())
        .containsExactlyInAnyOrder(
            "billing-dead-letters",
            "billing-replays",
            "dead-letter-resolutions",
            "notification-sms-dead-letters",
            "notification-sms-replays");
  }

  @Test
  void everyAgentHasAStatus() {
    assertThat(application.getBean(AgentStatuses.class))
        .extracting(status -> status.agent().name())
        .containsExactly("billing", "everything", "notification-sms");
  }

  @Test
  void whatTheApplicationSetsWins() {
    try (ConfigurableApplicationContext context =
        OnTestBinder.run(
            Map.of(
                "spring.cloud.stream.bindings.billing-in-0.group", "by-default-properties",
                "spring.cloud.stream.bindings.billing-out-1.destination", "our-parcels",
                "event-agents.agents.billing.concurrency", "3"),
            Agents.class,
            "--spring.profiles.active=wiring",
            "--spring.cloud.stream.bindings.notificationSms-in-0.group=by-command-line",
            "--spring.cloud.stream.bindings.notificationSms-in-0.destination=our-tasks",
            "--spring.cloud.function.definition=shout;listener")) {
      BindingServiceProperties bindings = bindings(context);

      assertThat(bindings.getGroup("notificationSms-in-0")).isEqualTo("by-command-line");
      assertThat(bindings.getBindingDestination("notificationSms-in-0"))
          .isEqualTo("our-tasks,notification-sms-replays");
      assertThat(bindings.getBindingDestination("notificationSms-out-0"))
          .isEqualTo("by-properties-file");
      assertThat(bindings.getGroup("billing-in-0")).isEqualTo("by-default-properties");
      assertThat(bindings.getBindingDestination("billing-out-1")).isEqualTo("our-parcels");
      assertThat(bindings.getGroup("auditLog-in-0")).isEqualTo("everything");
      assertThat(context.getBean(AgentStatuses.class).all())
          .filteredOn(status -> status.agent().name().equals("billing"))
          .extracting(AgentStatus::concurrency)
          .containsExactly(3);

      context
          .getBean(InputDestination.class)
          .send(
              message("task.created", "{\"task_id\": \"t-1\"}"),
              "our-tasks,notification-sms-replays");

      assertThat(context.getBean(OutputDestination.class).receive(0, "by-properties-file"))
          .isNotNull();
    }
  }

  private static OutputDestination output() {
    return application.getBean(OutputDestination.class);
  }

  private static JsonNode received(String destination) {
    return JSON.readTree(requireNonNull(output().receive(0, destination)).getPayload());
  }

  private static void send(String destination, String eventType, String data) {
    application.getBean(InputDestination.class).send(message(eventType, data), destination);
  }

  private static Message<byte[]> message(String eventType, String data) {
    String event =
        """
        {"event_id": "e-1", "event_type": "%s", "occurred_at": "2025-01-15T15:02:00Z", "data": %s,
         "metadata": {"correlation_id": "req-1", "causation_id": "c-1", "source": "x"}}"""
            .formatted(eventType, data);
    return MessageBuilder.withPayload(event.getBytes(UTF_8))
        .setHeader("kafka_receivedMessageKey", "entity-1".getBytes(UTF_8))
        .build();
  }
}
