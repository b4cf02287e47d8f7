package io.eventagents.faults;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Stands in for Slack. */
final class SlackWebhook implements AutoCloseable {

  /** A post with this word in its text is refused permanently (400). */
  static final String FORBIDDEN = "forbidden-word";

  private final WireMockServer server =
      new WireMockServer(
          wireMockConfig()
              .bindAddress(Loopback.HOST)
              .port(Loopback.freePort())
              .containerThreads(40));

  SlackWebhook() {
    server.start();
    mode(SlackMode.FINE);
  }

  String url() {
    return "http://" + Loopback.HOST + ":" + server.port() + "/services/T0/B0/secret";
  }

  void mode(SlackMode mode) {
    server.resetMappings();
    server.stubFor(any(anyUrl()).atPriority(5).willReturn(answer(mode)));
    if (mode == SlackMode.FINE) {
      server.stubFor(
          any(anyUrl())
              .atPriority(1)
              .withRequestBody(containing(FORBIDDEN))
              .willReturn(aResponse().withStatus(400).withBody("invalid_payload")));
    }
  }

  /** How often each post was accepted, by {@code Idempotency-Key}. */
  Map<String, Integer> taken() {
    Map<String, Integer> taken = new HashMap<>();
    for (ServeEvent event : server.getAllServeEvents()) {
      if (event.getResponse().getStatus() == 200 && event.getResponse().getFault() == null) {
        taken.merge(event.getRequest().getHeader("Idempotency-Key"), 1, Integer::sum);
      }
    }
    return taken;
  }

  @Override
  public void close() {
    server.stop();
  }

  private static ResponseDefinitionBuilder answer(SlackMode mode) {
    return switch (mode) {
      case FINE -> aResponse().withStatus(200).withBody("ok");
      case LIMITING -> aResponse().withStatus(429).withHeader("Retry-After", "1");
      case BROKEN -> aResponse().withStatus(500).withBody("rollback_error");
      case HANGING ->
          aResponse().withStatus(503).withFixedDelay((int) Duration.ofSeconds(20).toMillis());
      case RESETTING -> aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
      case BREAKING_OFF -> aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE);
    };
  }
}
