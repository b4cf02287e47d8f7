package io.eventagents.benchmarks.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.benchmarks.pipeline.Envelope.NotificationSent;
import io.eventagents.benchmarks.pipeline.Envelope.TaskCreated;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * The same function with plain Spring Cloud Stream, which converts from and to JSON: one record at
 * a time or a batch. Offsets are committed without waiting for acknowledgements, unless {@code
 * sync} is set on the producer.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = {
      "io.eventagents.autoconfigure.EventAgentsAutoConfiguration",
      "io.eventagents.autoconfigure.EventAgentsDatabaseAutoConfiguration",
      "io.eventagents.autoconfigure.EventAgentsWebAutoConfiguration"
    })
class StreamFunction {

  @Bean
  Function<Envelope<TaskCreated>, Message<Envelope<NotificationSent>>> oneRecord() {
    return StreamFunction::answer;
  }

  @Bean
  Function<List<Envelope<TaskCreated>>, List<Message<Envelope<NotificationSent>>>> batch() {
    return events -> {
      List<Message<Envelope<NotificationSent>>> answers = new ArrayList<>(events.size());
      events.forEach(event -> answers.add(answer(event)));
      return answers;
    };
  }

  /** Consumes bytes and does nothing. */
  @Bean
  Consumer<List<byte[]>> nothing() {
    return events -> {};
  }

  private static Message<Envelope<NotificationSent>> answer(Envelope<TaskCreated> event) {
    Envelope<NotificationSent> answer = Answers.to(event);
    MessageBuilder<Envelope<NotificationSent>> message =
        MessageBuilder.withPayload(answer)
            .setHeader(KafkaHeaders.KEY, event.data().taskId().getBytes(UTF_8));
    RecordHeaders headers = new RecordHeaders();
    Answers.addTo(headers, answer);
    for (Header header : headers) {
      message.setHeader(header.key(), header.value());
    }
    return message.build();
  }

  public static void main(String[] arguments) throws Exception {
    String function =
        new SimpleCommandLinePropertySource(arguments)
            .getProperty("spring.cloud.function.definition");
    Assignment assignment = Assignment.of(arguments);
    String binding = "--spring.cloud.stream.bindings." + function + "-";
    String kafka = "--spring.cloud.stream.kafka.bindings." + function + "-";
    List<String> settings =
        new ArrayList<>(
            List.of(
                SpringPrograms.WITHOUT_DATABASE,
                "--spring.cloud.stream.kafka.binder.brokers=" + assignment.brokers(),
                binding + "in-0.destination=" + assignment.in(),
                binding + "in-0.group=" + assignment.group(),
                binding + "in-0.consumer.batch-mode=" + !"oneRecord".equals(function),
                kafka + "in-0.consumer.start-offset=earliest",
                kafka + "in-0.consumer.configuration.isolation.level=read_committed",
                kafka + "in-0.consumer.configuration.max.poll.records=" + assignment.poll()));
    if (!"nothing".equals(function)) {
      settings.add(binding + "out-0.destination=" + assignment.out());
      Assignment.PRODUCER.forEach(
          (name, value) ->
              settings.add(kafka + "out-0.producer.configuration." + name + "=" + value));
      settings.add(
          kafka + "out-0.producer.message-key-expression=headers['" + KafkaHeaders.KEY + "']");
      settings.add(kafka + "out-0.producer.sync=${bench.sync:false}");
    }
    SpringPrograms.serve(List.of(StreamFunction.class), arguments, settings);
  }
}
