package io.eventagents.benchmarks;

import io.eventagents.benchmarks.Envelope.NotificationSent;
import io.eventagents.benchmarks.Envelope.TaskCreated;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;

/**
 * The same function as Spring Cloud Stream takes it without us: one record at a time, converted
 * from and to JSON by Stream. It does not wait for acknowledgements before offsets are committed:
 * with {@code producer.sync} it does, and is slower by a factor of about six.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = {
      "io.eventagents.autoconfigure.EventAgentsAutoConfiguration",
      "io.eventagents.autoconfigure.EventAgentsDatabaseAutoConfiguration",
      "io.eventagents.autoconfigure.EventAgentsWebAutoConfiguration"
    })
class OrdinaryFunction {

  @Bean
  Function<Envelope<TaskCreated>, Envelope<NotificationSent>> notificationSms() {
    return event ->
        new Envelope<>(
            UUID.randomUUID().toString(),
            "notification.sent",
            Instant.now(),
            new NotificationSent(
                event.data().taskId(), "sms", event.data().ownerId() + ": " + event.data().title()),
            new Envelope.Metadata(
                event.metadata().correlationId(), event.eventId(), "notification-sms"));
  }

  public static void main(String[] arguments) throws Exception {
    String binding = "--spring.cloud.stream.bindings.notificationSms-";
    String kafka = "--spring.cloud.stream.kafka.bindings.notificationSms-";
    ChildJvm.serve(
        "",
        new SpringApplicationBuilder(OrdinaryFunction.class)
            .run(
                "--spring.main.banner-mode=off",
                "--logging.level.root=warn",
                "--spring.kafka.bootstrap-servers=" + arguments[0],
                "--spring.cloud.stream.kafka.binder.brokers=" + arguments[0],
                "--spring.cloud.function.definition=notificationSms",
                binding + "in-0.destination=" + Way.ORDINARY_FUNCTION.input(),
                binding + "in-0.group=notification-sms",
                binding + "out-0.destination=" + Way.ORDINARY_FUNCTION.output(),
                kafka + "in-0.consumer.start-offset=earliest",
                kafka + "out-0.producer.message-key-expression=headers['kafka_receivedMessageKey']",
                kafka + "out-0.producer.configuration.acks=all",
                kafka + "out-0.producer.configuration.linger.ms=5",
                kafka + "out-0.producer.configuration.batch.size=65536"));
  }
}
