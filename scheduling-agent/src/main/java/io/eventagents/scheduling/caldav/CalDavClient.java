package io.eventagents.scheduling.caldav;

import io.eventagents.BoundedExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects to calendars, on the condition that an object is still as we left it ({@code
 * If-Match}) or does not exist ({@code If-None-Match}). If it is in another state, because an
 * answer was lost or somebody edited it, the client asks for the present state and replaces it: the
 * agent owns these objects. Thread-safe.
 */
public final class CalDavClient implements AutoCloseable {

  private static final String CALENDAR = "text/calendar; charset=utf-8";
  private static final int PRECONDITION_FAILED = 412;

  /** Bodies are ignored, but reading them keeps the connection. */
  private static final int MOST_OF_A_BODY = 64 * 1024;

  private final HttpClient http;
  private final BoundedExchange exchange;

  /**
   * @param timeout how long a call may take, from the connection to the last byte of the answer
   */
  public CalDavClient(Duration timeout) {
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .followRedirects(Redirect.NEVER)
            .build();
    this.exchange = new BoundedExchange(http, timeout, MOST_OF_A_BODY);
  }

  /**
   * Stores an object and replaces an existing one. Creates the calendar if it is missing.
   *
   * @param name the name of the object, the same each time
   * @param etag what this method returned last; null at first
   * @return the ETag that the server gave it; empty if it gives none
   * @throws CalDavUnavailable if a later try may succeed
   * @throws CalDavRefusal if it would not
   */
  public Optional<String> put(
      CalDavCollection calendar, String name, byte[] object, @Nullable String etag) {
    URI address = calendar.object(name);
    HttpResponse<byte[]> answer = put(calendar, address, object, etag);
    if (answer.statusCode() == 404 || answer.statusCode() == 409) {
      make(calendar);
      answer = put(calendar, address, object, null);
    }
    if (answer.statusCode() == PRECONDITION_FAILED) {
      answer = put(calendar, address, object, state(calendar, address).orElse(null));
    }
    checkSuccess("PUT", answer);
    return etag(answer).or(() -> state(calendar, address));
  }

  /**
   * Removes an object, which may be gone already.
   *
   * @param etag what {@link #put} returned last; null if that is unknown
   * @throws CalDavUnavailable if a later try may succeed
   * @throws CalDavRefusal if it would not
   */
  public void delete(CalDavCollection calendar, String name, @Nullable String etag) {
    URI address = calendar.object(name);
    Optional<String> known = Optional.ofNullable(etag).or(() -> state(calendar, address));
    if (known.isEmpty()) {
      return;
    }
    HttpResponse<byte[]> answer = delete(calendar, address, known.get());
    if (answer.statusCode() == PRECONDITION_FAILED) {
      Optional<String> present = state(calendar, address);
      if (present.isEmpty()) {
        return;
      }
      answer = delete(calendar, address, present.get());
    }
    if (answer.statusCode() != 404 && answer.statusCode() != 410) {
      checkSuccess("DELETE", answer);
    }
  }

  /** The ETag of an object; empty if the object does not exist. */
  private Optional<String> state(CalDavCollection calendar, URI address) {
    HttpResponse<byte[]> answer =
        send(calendar, address, "HEAD", BodyPublishers.noBody(), Map.of());
    if (answer.statusCode() == 404 || answer.statusCode() == 410) {
      return Optional.empty();
    }
    checkSuccess("HEAD", answer);
    return etag(answer);
  }

  private HttpResponse<byte[]> put(
      CalDavCollection calendar, URI address, byte[] object, @Nullable String etag) {
    return send(calendar, address, "PUT", BodyPublishers.ofByteArray(object), condition(etag));
  }

  private HttpResponse<byte[]> delete(CalDavCollection calendar, URI address, String etag) {
    return send(calendar, address, "DELETE", BodyPublishers.noBody(), condition(etag));
  }

  private static Map<String, String> condition(@Nullable String etag) {
    if (etag == null) {
      return Map.of("If-None-Match", "*");
    }
    // A weak ETag matches nothing (RFC 9110, section 13.1.1).
    return etag.startsWith("W/") ? Map.of() : Map.of("If-Match", etag);
  }

  private void make(CalDavCollection calendar) {
    HttpResponse<byte[]> answer =
        send(calendar, calendar.address(), "MKCALENDAR", BodyPublishers.noBody(), Map.of());
    // 405: it exists, because another instance has just created it.
    if (answer.statusCode() / 100 != 2 && answer.statusCode() != 405) {
      throw new CalDavUnavailable(
          "there is no calendar at %s, and the server answers %d to its creation: create it, or correct the url"
              .formatted(calendar, answer.statusCode()));
    }
  }

  private HttpResponse<byte[]> send(
      CalDavCollection calendar,
      URI address,
      String method,
      BodyPublisher body,
      Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address).method(method, body);
    headers.forEach(request::header);
    if (method.equals("PUT")) {
      request.header("Content-Type", CALENDAR);
    }
    calendar.authorization().ifPresent(it -> request.header("Authorization", it));
    try {
      return send(request.build());
    } catch (IOException e) {
      throw new CalDavUnavailable("%s does not answer: %s".formatted(calendar, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CalDavUnavailable("interrupted while %s answers".formatted(calendar), e);
    }
  }

  /**
   * Sends the request again if a kept connection breaks, because some servers close connections
   * silently. A request with a condition does no harm if it arrives twice.
   */
  private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return exchange.send(request);
    } catch (ConnectException | HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return exchange.send(request);
    }
  }

  private static void checkSuccess(String method, HttpResponse<?> answer) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return;
    }
    String what = "the server answers %3$d to %1$s %2$s".formatted(method, answer.uri(), status);
    switch (status) {
      case 401, 403 ->
          throw new CalDavUnavailable(
              what + ": check the username, the password and their rights", status == 401);
      case 400, 405, 413, 415, 422 -> throw new CalDavRefusal(what);
      default -> throw new CalDavUnavailable(what);
    }
  }

  private static Optional<String> etag(HttpResponse<?> answer) {
    return answer.headers().firstValue("ETag");
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
