package io.eventagents.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An operator who looks after dead letters through one application. */
final class DeadLetterClient {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  DeadLetterClient(int port) {
    this.port = port;
  }

  /** The dead letters of an agent in this state whose reason contains this text. */
  List<JsonNode> find(String agent, String state, String reason) {
    return send(
            "GET",
            "?limit=1000&agent=%s&state=%s&reason=%s"
                .formatted(agent, state, URLEncoder.encode(reason, UTF_8)),
            "")
        .path("dead_letters")
        .valueStream()
        .toList();
  }

  /** Replays all dead letters that match a filter, or counts them. */
  JsonNode replay(Map<String, Object> filter) {
    return send("POST", "/replay", JSON.writeValueAsString(filter));
  }

  JsonNode replay(JsonNode deadLetter, String why) {
    return decide(deadLetter, "replay", why);
  }

  JsonNode discard(JsonNode deadLetter, String why) {
    return decide(deadLetter, "discard", why);
  }

  private JsonNode decide(JsonNode deadLetter, String decision, String why) {
    return send(
        "POST",
        "/%s/%s/%s"
            .formatted(
                deadLetter.path("agent").asString(), deadLetter.path("id").asString(), decision),
        JSON.writeValueAsString(Map.of("why", why)));
  }

  private JsonNode send(String method, String path, String body) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      URI.create("http://" + Loopback.HOST + ":" + port + "/dead-letters" + path))
                  .timeout(Duration.ofSeconds(30))
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new AssertionError(
            "%s /dead-letters%s %s was answered %d: %s"
                .formatted(method, path, body, answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
