package io.eventagents.audit.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.embedded.Trickle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A service whose answers begin and do not end, though each byte of them comes in time. */
@Timeout(60)
class StalledBucketTests {

  private static final S3Limits LIMITS =
      new S3Limits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  @TempDir Path folder;
  private ServerSocket server;
  private volatile String beginning = "";

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void endsACallWhoseHeadTrickles() {
    beginning = "HTTP/1.1 200 OK\r\nServer: ";

    try (S3Bucket bucket = bucket()) {
      assertThatThrownBy(bucket::list)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("could not list");
    }
  }

  @Test
  void endsADownloadThatTrickles() {
    beginning = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";

    try (S3Bucket bucket = bucket()) {
      assertThatThrownBy(() -> bucket.get("a", folder.resolve("a")))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bytes came within PT1S");
    }
  }

  private S3Bucket bucket() {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getLocalPort());
    return new S3Bucket(
        new S3Location(endpoint, "us-east-1", "audit", "", "key", "secret"), "a-log", 1, LIMITS);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> trickle(connection));
      } catch (IOException end) {
        // Closed by the test.
      }
    }
  }

  private void trickle(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
      for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
        line = in.readLine();
      }
      OutputStream out = connection.getOutputStream();
      out.write(beginning.getBytes(US_ASCII));
      Trickle.of('x', out);
    } catch (IOException closed) {
      // By the client, as it should be.
    }
  }
}
