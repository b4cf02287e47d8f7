package io.eventagents.faults;

import io.eventagents.faults.Command.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A client of the orchestrator. Thread-safe. */
public final class TaskClient {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Supplier<List<Integer>> ports;
  private final @Nullable String authorization;
  private final AtomicInteger requests = new AtomicInteger();
  private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();

  /**
   * @param ports the ports that serve it at the moment; requests take turns
   */
  TaskClient(Supplier<List<Integer>> ports) {
    this(ports, null);
  }

  /**
   * @param ports as above
   * @param authorization the value of the {@code Authorization} header; null for none
   */
  TaskClient(Supplier<List<Integer>> ports, @Nullable String authorization) {
    this.ports = ports;
    this.authorization = authorization;
  }

  /**
   * The result of a request.
   *
   * @param id the id of the task if one was created
   */
  record Answer(Outcome outcome, @Nullable String id) {}

  /** The statuses of all answers so far. */
  Set<Integer> statuses() {
    return Set.copyOf(statuses);
  }

  Answer create(Map<String, Object> task, String correlationId) {
    return send("POST", "/tasks", task, correlationId, 201);
  }

  Answer change(String id, Map<String, Object> changes, String correlationId) {
    return send("PATCH", "/tasks/" + id, changes, correlationId, 200);
  }

  Answer complete(String id, String correlationId) {
    return send("POST", "/tasks/" + id + "/complete", Map.of(), correlationId, 200);
  }

  Answer delete(String id, String correlationId) {
    return send("DELETE", "/tasks/" + id, Map.of(), correlationId, 204);
  }

  private Answer send(
      String method, String path, Map<String, Object> body, String correlationId, int success) {
    List<Integer> served = ports.get();
    if (served.isEmpty()) {
      return new Answer(Outcome.REFUSED, null);
    }
    int port = served.get(Math.floorMod(requests.getAndIncrement(), served.size()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://" + Loopback.HOST + ":" + port + path))
            .timeout(Duration.ofSeconds(15))
            .header("Content-Type", "application/json")
            .header("X-Correlation-ID", correlationId)
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      statuses.add(answer.statusCode());
      if (answer.statusCode() == success) {
        return new Answer(Outcome.ACCEPTED, id(answer.body()));
      }
      // An answer of 503 says that the result is unknown.
      return answer.statusCode() / 100 == 4
          ? new Answer(Outcome.REFUSED, null)
          : new Answer(Outcome.UNKNOWN, null);
    } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
      return new Answer(Outcome.REFUSED, null);
    } catch (IOException noAnswer) {
      return new Answer(Outcome.UNKNOWN, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(Outcome.UNKNOWN, null);
    }
  }

  private static @Nullable String id(String body) {
    if (body.isEmpty()) {
      return null;
    }
    Iterator<String> id = JSON.readTree(body).findValuesAsString("id").iterator();
    return id.hasNext() ? id.next() : null;
  }
}
