package io.eventagents.audit.verification;

import static io.eventagents.audit.Records.utf8;
import static io.eventagents.audit.verification.EvidentLog.FIRST_DAY;
import static io.eventagents.audit.verification.EvidentLog.SECOND_DAY;
import static io.eventagents.audit.verification.EvidentLog.THIRD_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.audit.proof.CheckpointFiles;
import io.eventagents.audit.proof.Checkpoints;
import io.eventagents.audit.proof.SignedNote;
import io.eventagents.audit.proof.SigningKeys;
import io.eventagents.audit.verification.EvidentLog.Said;
import io.eventagents.embedded.EmbeddedServers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar says to the byte what the command in the process says. */
class VerifyJarIT {

  private static final Path JAR =
      Path.of(Objects.requireNonNull(System.getProperty("verify.jar"), "verify.jar"));

  @TempDir Path temporary;

  private EvidentLog log;

  @BeforeEach
  void threeDays() throws Exception {
    log = EvidentLog.ofThreeDays(temporary.resolve("log"));
  }

  @Test
  void isSmallAndWithoutSpring() throws Exception {
    assertThat(Files.size(JAR)).isLessThan(30 << 20);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(JarEntry::getName))
          .contains("io/eventagents/audit/verification/VerifyMain.class")
          .noneMatch(name -> name.contains("org/springframework"))
          .noneMatch(name -> name.contains("io/micrometer"));
    }
  }

  @Test
  void saysThatALogIsUnchanged() throws Exception {
    String key = log.path.resolve(SigningKeys.PUBLIC).toString();

    assertThat(same(log.path.toString(), "--key", key).exit()).isZero();
  }

  @Test
  void saysThatALogWasChanged() throws Exception {
    log.edit(SECOND_DAY, 3, line -> line.replace("\"n\":5", "\"n\":6"));

    assertThat(same(log.path.toString()).exit()).isEqualTo(1);
  }

  @Test
  void saysThatThereIsNoLog() throws Exception {
    assertThat(same(temporary.resolve("none").toString()).exit()).isEqualTo(2);
  }

  @Test
  void takesTheWordVerifyToo() throws Exception {
    Said said = EvidentLog.command(log.path.toString());

    assertThat(jar("verify", log.path.toString())).isEqualTo(said);
  }

  @Test
  void namesItselfInItsUsage() throws Exception {
    assertThat(jar("--help").out())
        .startsWith("usage: java -jar audit-log-verify.jar DIR [--checkpoint FILE]... ");
  }

  @Test
  void readsABrokerWhateverItsRecordsAreCompressedWith() throws Exception {
    EmbeddedServers.start();
    String broker = EmbeddedServers.kafka().bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
      NewTopic topic = new NewTopic(Checkpoints.TOPIC, 1, (short) 1);
      admin.createTopics(List.of(topic)).all().get();
    }
    CheckpointFiles notes = new CheckpointFiles(log.path);
    for (String compression : List.of("lz4", "snappy", "zstd")) {
      for (String day : List.of(FIRST_DAY, SECOND_DAY, THIRD_DAY)) {
        for (SignedNote note : notes.notes(CheckpointFiles.of(day))) {
          publish(broker, compression, note);
        }
      }
    }

    Said said = same(log.path.toString(), "--broker", broker);

    assertThat(said.exit()).isZero();
    assertThat(said.out()).contains("Notes of this log on the topic audit-checkpoints: 9");
  }

  private void publish(String broker, String compression, SignedNote note) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", broker, "compression.type", compression),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(Checkpoints.TOPIC, utf8(log.id()), utf8(note.toString())))
          .get();
    }
  }

  private Said same(String... arguments) throws Exception {
    Said said = jar(arguments);
    assertThat(said).isEqualTo(EvidentLog.command(arguments));
    return said;
  }

  private Said jar(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                    .toString(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exit = process.waitFor();
    return new Said(
        exit,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
