package io.eventagents.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/** The broker's log directory, formatted in the same way as by {@code kafka-storage.sh}. */
record KafkaStorage(Path directory) {

  private static final String FORMATTED = "meta.properties";

  /** Formats the directory if it is not formatted yet. Existing data is kept. */
  void formatIfNew(Properties settings) {
    try {
      Files.createDirectories(directory);
      if (Files.exists(directory.resolve(FORMATTED))) {
        return;
      }
      Path file = Files.createTempFile("embedded-kafka", ".properties");
      try {
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
          settings.store(writer, null);
        }
        format(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not format " + directory + " for Kafka", e);
    }
  }

  private void format(Path settings) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    String[] command = {
      "format",
      "--ignore-formatted",
      "--cluster-id",
      Uuid.randomUuid().toString(),
      "--config",
      settings.toString()
    };
    int status =
        StorageTool.execute(command, new PrintStream(output, true, StandardCharsets.UTF_8));
    if (status != 0) {
      throw new IllegalStateException(
          "Could not format "
              + directory
              + " for Kafka: "
              + output.toString(StandardCharsets.UTF_8).strip());
    }
  }
}
