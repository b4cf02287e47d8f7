package io.eventagents.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventagents.embedded.EmbeddedIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class TokenTests {

  private static final String SETTING = "--spring.security.oauth2.resourceserver.jwt.";

  @Test
  void takesTokensOfTheIssuerForItsOwnAudienceAlone(CapturedOutput output) {
    try (EmbeddedIssuer issuer = EmbeddedIssuer.start();
        EmbeddedIssuer stranger = EmbeddedIssuer.start();
        WebApp app =
            WebApp.start(SETTING + "issuer-uri=" + issuer.uri(), SETTING + "audiences=tasks")) {
      accepted(app, issuer.token("ann", "tasks"));

      refused(get(app, issuer.token("ann", "invoices")));
      refused(get(app, issuer.token(Map.of("sub", "ann"))));
      long past = Instant.now().minus(Duration.ofHours(1)).getEpochSecond();
      refused(
          get(
              app,
              issuer.token(Map.of("sub", "ann", "aud", "tasks", "iat", past - 60, "exp", past))));
      refused(
          get(app, issuer.token(Map.of("sub", "ann", "aud", "tasks", "iss", "http://elsewhere"))));
      refused(get(app, stranger.token(Map.of("sub", "ann", "aud", "tasks", "iss", issuer.uri()))));
      refused(get(app, issuer.unsignedToken(Map.of("sub", "ann", "aud", "tasks"))));
      refused(get(app, "a.b.c"));
      refused(get(app, "nonsense"));
      assertThat(app.get("/orders?limit=1").headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer");
    }
    assertThat(output)
        .contains("Refused with 401: from 127.0.0.1 by token, GET /orders", "expired")
        .doesNotContain("every token of the issuer lets in");
  }

  @Test
  void warnsIfTokensOfAnyAudienceLetIn(CapturedOutput output) {
    try (EmbeddedIssuer issuer = EmbeddedIssuer.start();
        WebApp app = WebApp.start(SETTING + "issuer-uri=" + issuer.uri())) {
      accepted(app, issuer.token("ann", "anything"));
    }
    assertThat(output)
        .contains(
            "every token of the issuer lets in",
            "spring.security.oauth2.resourceserver.jwt.audiences");
  }

  @Test
  void takesTokensByTheKeysAlone() {
    try (EmbeddedIssuer issuer = EmbeddedIssuer.start();
        WebApp app =
            WebApp.start(
                SETTING + "jwk-set-uri=" + issuer.uri() + "/keys", SETTING + "audiences=tasks")) {
      accepted(app, issuer.token("ann", "tasks"));
      refused(get(app, issuer.token("ann", "invoices")));
    }
  }

  @Test
  void asksForKeysThatDoNotExistWithABoundAndGoesOnTakingOthers() {
    try (EmbeddedIssuer issuer = EmbeddedIssuer.start();
        WebApp app =
            WebApp.start(SETTING + "issuer-uri=" + issuer.uri(), SETTING + "audiences=tasks")) {
      accepted(app, issuer.token("ann", "tasks"));
      int before = issuer.requests();
      Instant begin = Instant.now();
      for (int i = 0; i < 60; i++) {
        refused(get(app, issuer.tokenOf("made-up-" + i, Map.of("sub", "ann", "aud", "tasks"))));
        accepted(app, issuer.token("ann", "tasks"));
      }

      long periods = 1 + Duration.between(begin, Instant.now()).dividedBy(RecentAnswers.RECENT);
      assertThat((long) issuer.requests() - before).isLessThanOrEqualTo(periods);
    }
  }

  @Test
  void startsWithoutTheIssuerAndWaitsForIt() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (WebApp app = WebApp.start(SETTING + "issuer-uri=http://127.0.0.1:" + port)) {
      assertThat(app.get("/orders?limit=1").statusCode()).isEqualTo(401);
      unavailable(get(app, "a.b.c"));
      assertThat(app.get("/actuator/health").statusCode()).isEqualTo(200);

      try (EmbeddedIssuer issuer = EmbeddedIssuer.start(port)) {
        accepted(app, issuer.token("ann", "tasks"));
      }
    }
  }

  @Test
  void asksAnIssuerThatHangsOnceAtATime() throws Exception {
    List<Socket> calls = new ArrayList<>();
    AtomicInteger called = new AtomicInteger();
    try (ServerSocket hanging = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  while (true) {
                    calls.add(hanging.accept());
                    called.incrementAndGet();
                  }
                } catch (IOException closed) {
                  return;
                }
              });
      try (WebApp app =
              WebApp.start(SETTING + "issuer-uri=http://127.0.0.1:" + hanging.getLocalPort());
          ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          requests.add(() -> get(app, "a.b.c"));
        }
        for (Future<HttpResponse<String>> answer : clients.invokeAll(requests)) {
          unavailable(answer.get());
        }
      }
    }

    // Each question is three calls at most, to the addresses that a document can have.
    assertThat(called.get()).isLessThan(20);
    for (Socket call : calls) {
      call.close();
    }
  }

  @Test
  void asksAboutTokensThatOnlyTheirIssuerCanRead() throws Exception {
    try (Introspection introspection = new Introspection();
        WebApp app =
            WebApp.start(
                "--spring.security.oauth2.resourceserver.opaquetoken.introspection-uri="
                    + introspection.uri(),
                "--spring.security.oauth2.resourceserver.opaquetoken.client-id=tasks",
                "--spring.security.oauth2.resourceserver.opaquetoken.client-secret=s3cret")) {
      accepted(app, "good");
      refused(get(app, "bad"));
    }
  }

  private static HttpResponse<String> get(WebApp app, String token) {
    return app.get("/orders?limit=1", "Authorization", "Bearer " + token);
  }

  /** Soon: an issuer on a busy machine may be too slow for the first question. */
  private static void accepted(WebApp app, String token) {
    await().atMost(Duration.ofMinutes(1)).until(() -> get(app, token).statusCode() == 200);
  }

  private static void refused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
  }

  private static void unavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
  }

  /** Knows one token. */
  private static final class Introspection implements AutoCloseable {

    private final com.sun.net.httpserver.HttpServer server;

    Introspection() throws IOException {
      server =
          com.sun.net.httpserver.HttpServer.create(
              new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            String asked = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            byte[] answer =
                (asked.contains("token=good")
                        ? "{\"active\":true,\"sub\":\"ann\"}"
                        : "{\"active\":false}")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
    }

    URI uri() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
