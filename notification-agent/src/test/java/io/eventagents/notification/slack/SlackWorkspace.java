package io.eventagents.notification.slack;

import io.eventagents.notification.http.StandIn;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Slack: an incoming webhook and {@code chat.postMessage}. */
final class SlackWorkspace extends StandIn {

  static final String HOOK = "/services/T000/B000/secret";
  static final String TOKEN = "xoxb-secret";

  private static final Set<String> PLACES = Set.of("#tasks", "C123", "U012ABCDEF");

  @Override
  protected Reply answer(Request request) {
    if (request.path().startsWith("/services/")) {
      return request.path().equals(HOOK) ? hook(request) : new Reply(404, "no_service");
    }
    return request.path().equals("/api/chat.postMessage")
        ? new Reply(200, post(request))
        : new Reply(404, "");
  }

  private static Reply hook(Request request) {
    try {
      return request.json().path("text").asString("").isBlank()
          ? new Reply(400, "no_text")
          : new Reply(200, "ok");
    } catch (JacksonException malformed) {
      return new Reply(400, "invalid_payload");
    }
  }

  private static String post(Request request) {
    if (!request.header("Content-Type").startsWith("application/json")) {
      return error("invalid_form_data");
    }
    if (request.header("Authorization").isEmpty()) {
      return error("not_authed");
    }
    if (!request.header("Authorization").equals("Bearer " + TOKEN)) {
      return error("invalid_auth");
    }
    JsonNode post = request.json();
    if (!PLACES.contains(post.path("channel").asString(""))) {
      return error("channel_not_found");
    }
    String text = post.path("text").asString("");
    if (text.isBlank()) {
      return error("no_text");
    }
    if (text.length() > 40_000) {
      return error("msg_too_long");
    }
    return "{\"ok\": true, \"channel\": \"C123\", \"ts\": \"1503435956.000247\"}";
  }

  private static String error(String code) {
    return "{\"ok\": false, \"error\": \"%s\"}".formatted(code);
  }
}
