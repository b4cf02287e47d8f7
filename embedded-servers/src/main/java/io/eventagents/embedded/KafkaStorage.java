package io.eventagents.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import kafka.server.KafkaConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The directories in which a broker keeps its records and its metadata. Kafka starts on none that
 * it has not formatted.
 *
 * @param settings name the directories, the node and its controller
 */
record KafkaStorage(KafkaConfig settings) {

  /**
   * Does what {@code kafka-storage.sh format --ignore-formatted} does: formats each directory that
   * has no {@code meta.properties}, which Kafka writes last, and leaves the others as they are. New
   * directories beside formatted ones are of the same cluster. What Kafka prints of this is
   * dropped.
   *
   * @throws IllegalStateException if a directory cannot be read or written, or belongs to another
   *     node
   */
  void formatNew() {
    try {
      MetaPropertiesEnsemble found =
          new MetaPropertiesEnsemble.Loader()
              .addLogDirs(settings.logDirs())
              .addMetadataLogDir(settings.metadataLogDir())
              .load();
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8))
          .setClusterId(found.clusterId().orElseGet(() -> Uuid.randomUuid().toString()))
          .setNodeId(settings.nodeId())
          .setControllerListenerName(settings.controllerListenerNames().get(0))
          .setUnstableFeatureVersionsEnabled(settings.unstableFeatureVersionsEnabled())
          .setDirectories(settings.logDirs())
          .addDirectory(settings.metadataLogDir())
          .setMetadataLogDirectory(settings.metadataLogDir())
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(
          "Could not format %s for Kafka: %s".formatted(settings.logDirs(), e.getMessage()), e);
    }
  }
}
