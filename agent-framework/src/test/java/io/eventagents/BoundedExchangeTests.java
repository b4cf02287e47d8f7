package io.eventagents;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventagents.embedded.Trickle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that begin to answer and do not end. */
@Timeout(60)
class BoundedExchangeTests {

  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
  private static final Duration LIMIT = Duration.ofMillis(700);
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** What a server does after it has read the request. */
  enum Manner {
    SILENT {
      @Override
      void answer(OutputStream out) {}
    },
    HALF_A_HEAD {
      @Override
      void answer(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-".getBytes(US_ASCII));
      }
    },
    HEAD_ONLY {
      @Override
      void answer(OutputStream out) throws IOException {
        out.write(HEAD.getBytes(US_ASCII));
      }
    },
    TRICKLE {
      @Override
      void answer(OutputStream out) throws IOException {
        out.write(HEAD.getBytes(US_ASCII));
        Trickle.of('.', out);
      }
    },
    ENDLESS {
      @Override
      void answer(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
        byte[] some = ".".repeat(10_000).getBytes(US_ASCII);
        while (true) {
          out.write(some);
        }
      }
    },
    FINE {
      @Override
      void answer(OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(US_ASCII));
      }
    };

    abstract void answer(OutputStream out) throws IOException;
  }

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CompletableFuture<Void> closedByTheClient = new CompletableFuture<>();
  private ServerSocket server;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    client.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT", "HALF_A_HEAD", "HEAD_ONLY", "TRICKLE"})
  void endWithinTheirTimeAndTheConnectionWithThem(Manner manner) throws Exception {
    serve(manner);

    assertThatThrownBy(() -> exchange(LIMIT).send(request()))
        .isInstanceOf(HttpTimeoutException.class)
        .hasMessage("no whole answer within PT0.7S");
    closedByTheClient.get(30, TimeUnit.SECONDS);
  }

  @Test
  void readNoMoreThanTheCallerUses() throws Exception {
    serve(Manner.ENDLESS);

    HttpResponse<byte[]> answer = exchange(PATIENT).send(request());

    assertThat(answer.body()).hasSize(25_000);
    closedByTheClient.get(30, TimeUnit.SECONDS);
  }

  @Test
  void giveTheAnswer() throws Exception {
    serve(Manner.FINE);

    HttpResponse<byte[]> answer = exchange(PATIENT).send(request());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("ok");
  }

  @Test
  void tellThatNobodyListens() throws Exception {
    server.close();

    assertThatThrownBy(() -> exchange(PATIENT).send(request()))
        .isInstanceOf(ConnectException.class);
  }

  private BoundedExchange exchange(Duration within) {
    return new BoundedExchange(client, within, 25_000);
  }

  private HttpRequest request() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
        .build();
  }

  private void serve(Manner manner) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (Socket socket = server.accept()) {
                Thread.ofVirtual().start(() -> answer(manner, socket));
                while (socket.getInputStream().read() >= 0) {
                  // The request, and nothing until the connection is closed.
                }
              } catch (IOException reset) {
                // Closed as well.
              }
              closedByTheClient.complete(null);
            });
  }

  private static void answer(Manner manner, Socket socket) {
    try {
      manner.answer(socket.getOutputStream());
    } catch (IOException closed) {
      // Closed by the client, as it should be.
    }
  }
}
