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
 * The broker's process, on the same ports and data whenever it starts. It has two more ways in: one
 * through a proxy that may be slow, and one for a user with a password, who may do what rules
 * allow.
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

  /** The way in that is as slow as {@link #slowWay()} is told to be. */
  String slowBootstrapServers() {
    return Loopback.HOST + ":" + slowPort;
  }

  KafkaProxy slowWay() {
    return slowWay;
  }

  /** Who says what the user of the guarded way in may do. */
  KafkaGuard guard() {
    return guard;
  }

  /** Starts it; returns when it takes connections. */
  void start() {
    begin();
    awaitUp();
  }

  /** Starts it without waiting. */
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
                // What a machine that loses power may lose is another matter: this one only dies.
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

  /** An orderly end. */
  void stop() {
    process().terminate();
    process().awaitExit(PATIENCE);
  }

  /** A sudden end. */
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
