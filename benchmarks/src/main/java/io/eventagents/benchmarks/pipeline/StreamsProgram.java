package io.eventagents.benchmarks.pipeline;

import io.eventagents.benchmarks.pipeline.Envelope.NotificationSent;
import io.eventagents.benchmarks.rig.ChildJvm;
import java.nio.file.Files;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/**
 * Kafka Streams, at least once, one thread, with its default of a flush and a commit every 30 s.
 */
final class StreamsProgram {

  private StreamsProgram() {}

  private static final class Answering extends ContextualFixedKeyProcessor<byte[], byte[], byte[]> {

    private final Answers answers = new Answers();

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> record) {
      if (Answers.isTaskCreated(record.headers())) {
        Envelope<NotificationSent> answer = Answers.to(answers.read(record.value()));
        RecordHeaders headers = new RecordHeaders();
        Answers.addTo(headers, answer);
        context().forward(record.withValue(answers.write(answer)).withHeaders(headers));
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    Assignment assignment = Assignment.of(arguments);
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.group());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, assignment.brokers());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(
        StreamsConfig.STATE_DIR_CONFIG, Files.createTempDirectory("kafka-streams").toString());
    assignment.consumer().entrySet().stream()
        .filter(each -> !each.getKey().matches("bootstrap.servers|group.id|enable.auto.commit"))
        .forEach(
            each -> settings.put(StreamsConfig.consumerPrefix(each.getKey()), each.getValue()));
    Assignment.PRODUCER.forEach(
        (name, value) -> settings.put(StreamsConfig.producerPrefix(name), value));
    StreamsBuilder topology = new StreamsBuilder();
    topology.stream(assignment.in(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .processValues(Answering::new)
        .to(assignment.out(), Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    KafkaStreams streams = new KafkaStreams(topology.build(), settings);
    streams.start();
    ChildJvm.serve("", streams);
  }
}
