package io.eventagents.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/** The broker's log directory, formatted in the same way as by {@code kafka-storage.sh}. */
record KafkaStorage(Path directory) {

  private static final String FORMATTED = "meta.properties";

  /** Formats the directory if it is not formatted yet. Existing data is kept. */
  void formatIfNew(Properties settings) {
    if (Files.exists(directory.resolve(FORMATTED))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8))
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
          .setControllerListenerName(settings.getProperty("controller.listener.names"))
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .run();
    } catch (Exception e) {
      throw new IllegalStateException("Could not format " + directory + " for Kafka", e);
    }
  }
}
