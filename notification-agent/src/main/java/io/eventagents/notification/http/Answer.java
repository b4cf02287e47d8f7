package io.eventagents.notification.http;

import io.eventagents.notification.template.OneLine;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The response of a provider.
 *
 * @param headers the headers by lower-case name
 * @param body the beginning of the body
 */
public record Answer(int status, Map<String, String> headers, String body) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_SHOWN = 500;

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Whether the call succeeded. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Whether it redirects to another URL. */
  public boolean isRedirect() {
    return status / 100 == 3;
  }

  /** Whether the call may succeed later, while no call would succeed now. */
  boolean isUnavailable() {
    return status == 408 || status == 429 || status / 100 == 5;
  }

  /**
   * Whether the URL itself is refused. It is gone, forbidden or has another secret, so no call gets
   * through until an operator replaces it.
   */
  public boolean isUrlRefused() {
    return Set.of(401, 403, 404, 410).contains(status);
  }

  /** A header's first value. */
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The body as JSON; a missing node if it is something else, for example from a proxy. */
  public JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JacksonException other) {
      return MissingNode.getInstance();
    }
  }

  /** The status and the beginning of the body on one line. */
  @Override
  public String toString() {
    return "HTTP %d %s".formatted(status, OneLine.of(body, LONGEST_SHOWN)).strip();
  }
}
