package io.eventagents.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this process: one node, both broker and controller, that listens on the
 * loopback interface.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
 *   properties.put("bootstrap.servers", kafka.bootstrapServers());
 * }
 * }</pre>
 *
 * <p>Topics are not created automatically. Internal topics have one replica and few partitions, and
 * groups form without delay. {@link #stop()} and {@link #start()} simulate an outage: the port and
 * the data stay the same. If Kafka wants to halt the JVM, the reason is logged instead.
 * Thread-safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  private final int port;
  private final DataDirectory data;
  private final Map<String, String> settings;
  private @Nullable KafkaRaftServer server;

  private EmbeddedKafka(int port, DataDirectory data, Map<String, String> settings) {
    this.port = port;
    this.data = data;
    this.settings = Map.copyOf(settings);
  }

  /** A broker on a free port, whose data is deleted when it is closed. */
  public static Builder builder() {
    return new Builder();
  }

  /** The address for clients: {@code 127.0.0.1:<port>}. It stays the same after a restart. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** The port that clients connect to. */
  public int port() {
    return port;
  }

  /** The directory of the broker's data. */
  public Path dataDirectory() {
    return data.path();
  }

  /** Whether the broker is running. */
  public synchronized boolean isRunning() {
    return server != null;
  }

  /**
   * Starts the broker again after {@link #stop()}, with the same port and data. Does nothing if it
   * is running.
   *
   * @throws RuntimeException if it does not start, because the port or the data is in use, for
   *     example
   */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    HostProcessGuard.install();
    QuietLogging.apply();
    KafkaConfig config = new KafkaConfig(properties(), false);
    new KafkaStorage(config).formatNew();
    KafkaRaftServer starting = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException e) {
      starting.shutdown();
      throw e;
    }
    server = starting;
  }

  /**
   * Stops the broker and keeps its data and port for {@link #start()}. Does nothing if it is
   * stopped.
   */
  public synchronized void stop() {
    if (server != null) {
      KafkaRaftServer stopping = server;
      server = null;
      stopping.shutdown();
      stopping.awaitShutdown();
    }
  }

  /** Stops the broker and deletes its data, unless it is in a directory that was given. */
  @Override
  public void close() {
    stop();
    data.discard();
  }

  private Properties properties() {
    // Only this node talks to the controller, so its port may change with each start.
    int controllerPort = FreePort.find();
    Properties all = new Properties();
    all.put("process.roles", "broker,controller");
    all.put("node.id", "1");
    all.put("controller.quorum.voters", "1@" + HOST + ":" + controllerPort);
    all.put("controller.listener.names", "CONTROLLER");
    all.put(
        "listeners",
        "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
    all.put("advertised.listeners", "PLAINTEXT://" + HOST + ":" + port);
    all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    all.put("inter.broker.listener.name", "PLAINTEXT");
    all.put("log.dirs", data.path().toString());
    all.put("auto.create.topics.enable", "false");
    all.put("offsets.topic.replication.factor", "1");
    all.put("offsets.topic.num.partitions", "5");
    all.put("transaction.state.log.replication.factor", "1");
    all.put("transaction.state.log.min.isr", "1");
    all.put("transaction.state.log.num.partitions", "5");
    all.put("share.coordinator.state.topic.replication.factor", "1");
    all.put("share.coordinator.state.topic.min.isr", "1");
    all.put("share.coordinator.state.topic.num.partitions", "5");
    all.put("group.initial.rebalance.delay.ms", "0");
    all.put("num.network.threads", "2");
    all.put("num.io.threads", "4");
    all.put("background.threads", "2");
    all.put("log.cleaner.dedupe.buffer.size", "4194304");
    all.putAll(settings);
    return all;
  }

  /** Configures and starts an {@link EmbeddedKafka}. */
  public static final class Builder {

    private int port;
    private @Nullable Path dataDirectory;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Builder() {}

    /** The port to listen on; 0, the default, means a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * A directory that keeps the data when the broker is closed. Existing data in it is used. By
     * default, the directory is temporary.
     */
    public Builder dataDirectory(Path directory) {
      this.dataDirectory = directory;
      return this;
    }

    /** Any setting of the broker, such as {@code message.max.bytes}. It overrides the defaults. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /**
     * Starts the broker and returns when it is ready.
     *
     * @throws RuntimeException if it does not start, because the port or the data is in use, for
     *     example
     */
    public EmbeddedKafka start() {
      EmbeddedKafka kafka = new EmbeddedKafka(FreePort.orGiven(port), data(), settings);
      try {
        kafka.start();
      } catch (RuntimeException e) {
        kafka.data.discard();
        throw e;
      }
      return kafka;
    }

    private DataDirectory data() {
      if (dataDirectory != null) {
        return DataDirectory.kept(dataDirectory);
      }
      try {
        return DataDirectory.temporary(Files.createTempDirectory("embedded-kafka"));
      } catch (IOException e) {
        throw new UncheckedIOException("No temporary directory for Kafka", e);
      }
    }
  }
}
