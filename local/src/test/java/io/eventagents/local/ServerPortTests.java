package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerPortTests {

  @Test
  void namesEveryTakenPortInOneLineWithTheSettingThatChoosesAnother() throws IOException {
    try (ServerSocket one = listen();
        ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(0));
      ServerPort kafka = new ServerPort("Kafka", one.getLocalPort(), "local.kafka.port");
      ServerPort http = new ServerPort("HTTP", other.getLocalPort(), "server.port");
      ServerPort free = new ServerPort("SMTP", 0, "local.mail.smtp-port").chosen();

      assertThatExceptionOfType(StartRefused.class)
          .isThrownBy(() -> ServerPort.requireFree(List.of(http, kafka, free)))
          .withMessageStartingWith(
              "Ports %d (HTTP), %d (Kafka) are already in use.", http.number(), kafka.number())
          .withMessageContainingAll("--server.port=", "--local.kafka.port=")
          .satisfies(refused -> assertThat(refused.getMessage()).hasLineCount(1));
    }
  }

  @Test
  void acceptsAPortThatNobodyListensOn() throws IOException {
    ServerPort chosen;
    try (ServerSocket socket = listen()) {
      chosen = new ServerPort("Kafka", socket.getLocalPort(), "local.kafka.port").chosen();
    }

    assertThatCode(() -> ServerPort.requireFree(List.of(chosen))).doesNotThrowAnyException();
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
