package io.eventagents.scheduling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.test.AgentTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calendar if a user is configured. */
@AgentTest(properties = {"spring.security.user.name=ann", "spring.security.user.password=secret"})
class SecretFeedTests {

  @LocalServerPort private int port;

  @Test
  void needsNoUserButItsSecret() {
    Answer created =
        call(
            http()
                .post()
                .uri("/calendars/ann/feeds")
                .headers(it -> it.setBasicAuth("ann", "secret")));
    assertThat(created.status()).isEqualTo(201);
    JsonNode feed = JsonMapper.shared().readTree(created.body());

    String url = feed.path("url").stringValue();
    assertThat(url).startsWith("http://127.0.0.1:" + port + "/feeds/");
    assertThat(call(RestClient.create().get().uri(url)))
        .returns(200, Answer::status)
        .satisfies(it -> assertThat(it.body()).contains("BEGIN:VCALENDAR"));
  }

  @Test
  void answersAWrongSecretWith404AndEverythingElseWith401() {
    assertThat(call(http().get().uri("/feeds/{token}.ics", "a".repeat(43))))
        .returns(404, Answer::status)
        .satisfies(it -> assertThat(it.body()).contains("There is no such calendar."));
    assertThat(call(http().get().uri("/calendars/ann.ics")).status()).isEqualTo(401);
    assertThat(call(http().post().uri("/calendars/ann/feeds")).status()).isEqualTo(401);
    assertThat(call(http().get().uri("/feeds/a/b.ics")).status()).isEqualTo(401);
  }

  private RestClient http() {
    return RestClient.create("http://127.0.0.1:" + port);
  }

  private static Answer call(RestClient.RequestHeadersSpec<?> request) {
    return request.exchangeForRequiredValue(
        (sent, response) ->
            new Answer(
                response.getStatusCode().value(),
                new String(response.getBody().readAllBytes(), UTF_8)));
  }

  private record Answer(int status, String body) {}
}
