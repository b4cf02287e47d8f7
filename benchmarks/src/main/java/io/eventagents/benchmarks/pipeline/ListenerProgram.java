package io.eventagents.benchmarks.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

/**
 * {@code @KafkaListener} with {@code KafkaTemplate}: either one record at a time, without waiting
 * for acknowledgements, or a batch, waiting for all of them.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    excludeName = {
      "io.eventagents.autoconfigure.EventAgentsAutoConfiguration",
      "io.eventagents.autoconfigure.EventAgentsDatabaseAutoConfiguration",
      "io.eventagents.autoconfigure.EventAgentsWebAutoConfiguration"
    })
class ListenerProgram {

  @Bean
  @ConditionalOnProperty(name = "spring.kafka.listener.type", havingValue = "single")
  OneRecord oneRecord(KafkaTemplate<byte[], byte[]> template, @Value("${bench.out}") String out) {
    return new OneRecord(template, out);
  }

  @Bean
  @ConditionalOnProperty(name = "spring.kafka.listener.type", havingValue = "batch")
  Batch batch(KafkaTemplate<byte[], byte[]> template, @Value("${bench.out}") String out) {
    return new Batch(template, out);
  }

  /** Handles one record at a time. */
  static final class OneRecord {

    private final KafkaTemplate<byte[], byte[]> template;
    private final String out;
    private final Answers answers = new Answers();

    OneRecord(KafkaTemplate<byte[], byte[]> template, String out) {
      this.template = template;
      this.out = out;
    }

    @KafkaListener(topics = "${bench.in}", groupId = "${bench.group}")
    void on(ConsumerRecord<byte[], byte[]> record) {
      if (Answers.isTaskCreated(record.headers())) {
        var unused = template.send(answers.to(record, out));
      }
    }
  }

  /** Handles all records of a poll. */
  static final class Batch {

    private final KafkaTemplate<byte[], byte[]> template;
    private final String out;
    private final Answers answers = new Answers();

    Batch(KafkaTemplate<byte[], byte[]> template, String out) {
      this.template = template;
      this.out = out;
    }

    @KafkaListener(topics = "${bench.in}", groupId = "${bench.group}")
    void on(List<ConsumerRecord<byte[], byte[]>> records) {
      List<CompletableFuture<?>> sends = new ArrayList<>(records.size());
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (Answers.isTaskCreated(record.headers())) {
          sends.add(template.send(answers.to(record, out)));
        }
      }
      template.flush();
      sends.forEach(CompletableFuture::join);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Assignment assignment = Assignment.of(arguments);
    String serialization = "org.apache.kafka.common.serialization.ByteArray";
    List<String> settings =
        new ArrayList<>(
            List.of(
                SpringPrograms.WITHOUT_DATABASE,
                "--spring.cloud.function.definition=",
                "--spring.cloud.stream.function.autodetect=false",
                "--spring.kafka.consumer.auto-offset-reset=earliest",
                "--spring.kafka.consumer.isolation-level=read_committed",
                "--spring.kafka.consumer.max-poll-records=" + assignment.poll(),
                "--spring.kafka.consumer.key-deserializer=" + serialization + "Deserializer",
                "--spring.kafka.consumer.value-deserializer=" + serialization + "Deserializer",
                "--spring.kafka.producer.key-serializer=" + serialization + "Serializer",
                "--spring.kafka.producer.value-serializer=" + serialization + "Serializer"));
    Assignment.PRODUCER.forEach(
        (name, value) -> settings.add("--spring.kafka.producer.properties." + name + "=" + value));
    SpringPrograms.serve(List.of(ListenerProgram.class), arguments, settings);
  }
}
