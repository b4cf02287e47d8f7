package io.eventagents.audit.verification;

import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.SECOND_DAY;
import static io.eventagents.audit.verification.EvidentLog.THIRD_DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.log.ChainForger;
import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.FoundNote;
import io.eventagents.audit.proof.NoteReader;
import io.eventagents.audit.proof.SigningKeys;
import io.eventagents.audit.verification.EvidentLog.Said;
import io.eventagents.embedded.EmbeddedServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found with the broker at hand. */
class BrokerEvidenceTests {

  @TempDir Path path;

  private EvidentLog log;

  @BeforeAll
  static void checkpointTopic() throws Exception {
    EmbeddedServers.start();
    try (Admin admin = admin()) {
      if (!admin.listTopics().names().get().contains("audit-checkpoints")) {
        // Shared with tests of the agent, which makes it like that.
        admin
            .createTopics(
                List.of(
                    new NewTopic("audit-checkpoints", 1, (short) 1)
                        .configs(Map.of("retention.ms", "-1"))))
            .all()
            .get();
      }
    }
  }

  @BeforeEach
  void published() throws Exception {
    log = EvidentLog.ofThreeDays(path.resolve("log"));
    for (String day : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)) {
      try (NoteReader notes = new CheckpointFiles(log.path).read(CheckpointFiles.of(day))) {
        for (FoundNote found = notes.next(); found != null; found = notes.next()) {
          publish(String.valueOf(found.note()));
        }
      }
    }
  }

  @Test
  void aLogThatTheBrokerKnowsFits() throws Exception {
    Said said = verify();

    assertThat(said.exit()).isZero();
    assertThat(said.out())
        .contains("Notes of this log on the topic audit-checkpoints: 3")
        .contains("Checkpoints that were kept elsewhere and fit the log: 3")
        .contains("whose topics are not on the broker any more, or were made again: 1");
  }

  @Test
  void aChainThatWasMadeAnewIsFound() throws Exception {
    List<String> lines = new ArrayList<>();
    for (String day : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)) {
      for (String line : log.lines(day)) {
        lines.add(ChainForger.withEvent(line, "\"n\":3", "\"n\":9"));
      }
      Files.delete(log.path.resolve(CheckpointFiles.of(day)));
    }
    List<String> forged = ChainForger.rebuilt(log.id(), lines);
    log.write(FIRST_DAY, forged.subList(0, 3));
    log.write(SECOND_DAY, forged.subList(3, 6));
    log.write(THIRD_DAY, forged.subList(6, 9));
    Files.delete(log.path.resolve("positions.json"));
    log.append();

    Said said = verify();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .containsPattern("(?m)^  (first|then)  ?" + SECOND_DAY + ", byte \\d+$")
        .contains("expected line 6 of the log, with the chain ")
        .contains("found    a line with the chain ");
  }

  @Test
  void aLogThatWasCutOffIsFound() throws Exception {
    log.write(THIRD_DAY, log.lines(THIRD_DAY).subList(0, 1));
    Files.delete(log.path.resolve(CheckpointFiles.of(THIRD_DAY)));

    Said said = verify();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .contains("first " + THIRD_DAY)
        .contains("found    the end of the file at byte ");
  }

  @Test
  void aKeyThatWasExchangedIsFound() throws Exception {
    for (String file : List.of(SigningKeys.PUBLIC, "signing-key.pem")) {
      Files.delete(log.path.resolve(file));
    }
    for (String day : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)) {
      Files.delete(log.path.resolve(CheckpointFiles.of(day)));
    }
    log.append();

    Said said = verify();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("audit-checkpoints-0 offset ");
  }

  @Test
  void rubbishUnderTheNameOfTheLogIsFound() throws Exception {
    publish("rubbish");

    Said said = verify();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("first audit-checkpoints-0 offset ");
  }

  @Test
  void aRecordThatIsTooLongForANoteIsAFinding() throws Exception {
    publish("x".repeat(17 * 1024));

    Said said = verify();

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out()).contains("expected a note, whose lines have at most 16384 bytes");
  }

  @Test
  void aGapThatIsNoneOnTheBrokerIsFound() throws Exception {
    Uuid topicId = taskEvents(5);

    EvidentLog gappy = new EvidentLog(path.resolve("gappy")).append(ofTaskEvents(topicId, 0, 3));
    Said said = verify(gappy);

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .contains("UNCHANGED: yes")
        .contains("expected no record at offsets 1 to 2 of task-events-0, as the log says")
        .contains("found    one at offset 1")
        .contains("Note: Offsets on the broker that are not logged yet: 1");
  }

  @Test
  void recordsThatWereDeletedBeforeTheyWereLoggedAreFound() throws Exception {
    Uuid topicId = taskEvents(6);
    EvidentLog behind = new EvidentLog(path.resolve("behind")).append(ofTaskEvents(topicId, 0, 1));
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition("task-events", 0), RecordsToDelete.beforeOffset(4)))
          .all()
          .get();
    }

    Said said = verify(behind);

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .contains("expected offset 2 on, where the log stops")
        .contains("found    that the broker begins at offset 4");
  }

  /** Two audit agents with a directory each share the partitions, and neither has all records. */
  @Test
  void partitionsThatAnotherLogReadsAreNotComplete() throws Exception {
    Uuid topicId = taskEvents(3);
    EvidentLog half = new EvidentLog(path.resolve("half")).append(ofTaskEvents(topicId, 0, 1));
    String other = "0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11";

    try (var theirs = reading("audit-log-" + other + "-0")) {
      assertThat(theirs.assignment()).hasSize(1);
      Said said = verify(half);

      assertThat(said.exit()).isEqualTo(1);
      assertThat(said.out())
          .contains("COMPLETE:  NO, 1 deviation")
          .contains("first task-events-0")
          .contains("expected offset 2 on to be read for this log")
          .contains("found    that the log " + other + " (client audit-log-" + other + "-0 at ");
    }
  }

  @Test
  void partitionsThatTheLogReadsItselfAreCaughtUpWith() throws Exception {
    Uuid topicId = taskEvents(3);
    EvidentLog behind = new EvidentLog(path.resolve("behind")).append(ofTaskEvents(topicId, 0));

    try (var own = reading("audit-log-" + behind.id() + "-0")) {
      own.commitSync();

      assertThat(verify(behind).exit()).isZero();
    }
  }

  /** The other one has gone, and what it read is in no other place. */
  @Test
  void whatWasCommittedAndIsNotLoggedIsNotComplete() throws Exception {
    Uuid topicId = taskEvents(3);
    EvidentLog half = new EvidentLog(path.resolve("half")).append(ofTaskEvents(topicId, 0));
    try (var theirs = reading("audit-log-0b0f4a1e-6a39-4f2b-9d6e-3f1f0a9f9c11-0")) {
      theirs.commitSync();
    }

    Said said = verify(half);

    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .contains(
            "expected offset 1 on in this log, as the group audit-log has read up to offset 2");
    half.append(ofTaskEvents(topicId, 1, 2));
    assertThat(verify(half).exit()).isZero();
  }

  /** In the group of the agent, at the end of the topic. */
  private static KafkaConsumer<byte[], byte[]> reading(String clientId) {
    var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers",
                EmbeddedServers.kafka().bootstrapServers(),
                "group.id",
                "audit-log",
                "client.id",
                clientId,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.subscribe(List.of("task-events"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              consumer.poll(Duration.ofMillis(100));
              return consumer.assignment().size() == 1;
            });
    consumer.seekToEnd(consumer.assignment());
    consumer.assignment().forEach(consumer::position);
    return consumer;
  }

  @Test
  void aBrokerThatDoesNotAnswerIsNoVerdict() throws Exception {
    Path impatient =
        Files.writeString(
            path.resolve("impatient"), "default.api.timeout.ms=700\nrequest.timeout.ms=500\n");

    Said said =
        EvidentLog.command(
            log.path.toString(),
            "--broker",
            "127.0.0.1:1",
            "--broker-config",
            impatient.toString());

    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.err()).startsWith("verify: the broker does not answer (").hasLineCount(1);
  }

  private Said verify() {
    return verify(log);
  }

  private static Said verify(EvidentLog log) {
    return EvidentLog.command(
        log.path.toString(), "--broker", EmbeddedServers.kafka().bootstrapServers());
  }

  private static ReceivedRecord[] ofTaskEvents(Uuid topicId, long... offsets) {
    ReceivedRecord[] records = new ReceivedRecord[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      records[i] = Records.record(topicId, offsets[i], utf8("a"), utf8("{}"), new RecordHeaders());
    }
    return records;
  }

  /** The topic, made anew, with so many records. */
  private static Uuid taskEvents(int records) throws Exception {
    try (Admin admin = admin()) {
      if (admin.listTopics().names().get().contains("task-events")) {
        admin.deleteTopics(List.of("task-events")).all().get();
      }
      admin.createTopics(List.of(new NewTopic("task-events", 1, (short) 1))).all().get();
      for (int i = 0; i < records; i++) {
        send("task-events", "a", "{}");
      }
      return Objects.requireNonNull(
              admin.describeTopics(List.of("task-events")).allTopicNames().get().get("task-events"))
          .topicId();
    }
  }

  private void publish(String note) throws Exception {
    send("audit-checkpoints", log.id(), note);
  }

  private static void send(String topic, String key, String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, utf8(key), utf8(value))).get();
    }
  }

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
  }
}
