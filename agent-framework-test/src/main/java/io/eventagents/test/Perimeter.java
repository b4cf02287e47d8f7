package io.eventagents.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an application shows over HTTP, and to whom.
 *
 * <pre>{@code
 * Perimeter perimeter = new Perimeter(port);
 *
 * assertThat(perimeter.actuatorEndpoints(Perimeter.basic("ann", "s3cret")))
 *     .containsExactlyInAnyOrder("health", "info", "agents", "prometheus", "metrics");
 * assertThat(perimeter.status("GET", "/actuator/agents", null)).isEqualTo(401);
 * }</pre>
 */
public final class Perimeter {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;

  /**
   * @param port where the application listens, on loopback
   */
  public Perimeter(int port) {
    this.port = port;
  }

  /** The header of a user. */
  public static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /**
   * The status of an answer.
   *
   * @param authorization the header of that name; null for none
   */
  public int status(String method, String path, @Nullable String authorization) {
    return answer(method, path, authorization).statusCode();
  }

  /** The names of Actuator's endpoints, as it lists them. */
  public Set<String> actuatorEndpoints(@Nullable String authorization) {
    Set<String> names = new TreeSet<>();
    links(authorization).forEach(href -> names.add(href.split("/")[2]));
    return names;
  }

  /**
   * What every endpoint of Actuator shows, by its address. An endpoint with a name in its address
   * is asked for each of these names.
   */
  public Map<String, String> actuatorContent(@Nullable String authorization, List<String> names) {
    Map<String, String> content = new TreeMap<>();
    for (String href : links(authorization)) {
      for (String path : addresses(href, names)) {
        content.put(path, answer("GET", path, authorization).body());
      }
    }
    return content;
  }

  private static List<String> addresses(String href, List<String> names) {
    int variable = href.indexOf('{');
    return variable < 0
        ? List.of(href)
        : names.stream().map(name -> href.substring(0, variable) + name).toList();
  }

  private List<String> links(@Nullable String authorization) {
    JsonNode root = JsonMapper.shared().readTree(answer("GET", "/actuator", authorization).body());
    return root.path("_links").values().stream()
        .map(link -> link.path("href").asString())
        .map(href -> href.substring(href.indexOf("/actuator")))
        .filter(path -> !path.equals("/actuator"))
        .toList();
  }

  private HttpResponse<String> answer(String method, String path, @Nullable String authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json")
            .method(
                method,
                method.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString("{\"state\":\"STOPPED\"}")
                    : HttpRequest.BodyPublishers.noBody());
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
