package io.eventagents.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortTakenTests {

  @Test
  void endsTheProcessWithOneLineBeforeAnythingStarts(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process local =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LocalApplication.class.getName(),
                  "--local.directory=" + directory,
                  "--server.port=0",
                  "--local.kafka.port=" + taken.getLocalPort(),
                  "--local.postgresql.port=0",
                  "--local.mail.smtp-port=0",
                  "--local.mail.imap-port=0")
              .redirectErrorStream(true)
              .start();
      String output = new String(local.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(local.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(local.exitValue()).isEqualTo(1);
      assertThat(output.strip())
          .hasLineCount(1)
          .startsWith("Port %d (Kafka) is already in use.".formatted(taken.getLocalPort()))
          .contains("--local.kafka.port=");
      assertThat(directory.resolve("postgresql")).doesNotExist();
    }
  }
}
