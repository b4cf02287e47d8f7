package io.eventagents.faults;

import static org.awaitility.Awaitility.await;

import io.eventagents.faults.broker.BrokerProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The broker's process. Every start uses the same ports and data. It has two further listeners: one
 * behind a proxy that may be slow, and one for a user with a password and restricted permissions.
 */
final class KafkaServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path directory;
  private final int port = Loopback.freePort();
  private final int slowPort = Loopback.freePort();
  private final int slowTarget = Loopback.freePort();
  private final int guardedPort = Loopback.freePort();
  private final int controllerPort = Loopback.freePort();
  private final KafkaProxy slowWay = new KafkaProxy(slowPort, slowTarget);
  private final KafkaGuard guard = new KafkaGuard(bootstrapServers(), at(guardedPort));
  private @Nullable ChildProcess process;

  KafkaServer(Path directory) {
    this.directory = directory;
  }

  String bootstrapServers() {
    return Loopback.HOST + ":" + port;
  }

  /** The listener that is as slow as {@link #slowWay()} makes it. */
  String slowBootstrapServers() {
    return Loopback.HOST + ":" + slowPort;
  }

  KafkaProxy slowWay() {
    return slowWay;
  }

  /** Controls what the user of the guarded listener may do. */
  KafkaGuard guard() {
    return guard;
  }

  /** Starts the broker and returns when it accepts connections. */
  void start() {
    begin();
    awaitUp();
  }

  /** Starts the broker without waiting. */
  void begin() {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                directory.resolve("kafka").toString(),
                Integer.toString(port),
                "listeners=" + listeners(slowTarget) + ",CONTROLLER://" + at(controllerPort),
                "advertised.listeners=" + listeners(slowPort),
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SLOW:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters=1@" + at(controllerPort),
                // The process dies here; a power failure of the machine, which may lose more, is
                // not tested.
                "group.min.session.timeout.ms=2000"));
    arguments.addAll(KafkaGuard.brokerSettings("guarded"));
    process = ChildProcess.java("kafka", directory.resolve("kafka.log"), arguments);
  }

  void awaitUp() {
    await("the broker")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!process().isAlive()) {
                throw new AssertionError("The broker did not start:\n" + process().tail());
              }
              return answers();
            });
  }

  /** Stops the broker orderly. */
  void stop() {
    process().terminate();
    process().awaitExit(PATIENCE);
  }

  /** Kills the broker. */
  void kill() {
    process().kill();
  }

  ChildProcess process() {
    if (process == null) {
      throw new IllegalStateException("The broker was never started");
    }
    return process;
  }

  @Override
  public void close() {
    slowWay.close();
    if (process != null) {
      process.kill();
    }
  }

  private boolean answers() {
    try (Socket socket = Loopback.connect(port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private String listeners(int slow) {
    return "PLAINTEXT://%s,SLOW://%s,GUARDED://%s".formatted(at(port), at(slow), at(guardedPort));
  }

  private static String at(int port) {
    return Loopback.HOST + ":" + port;
  }
}
