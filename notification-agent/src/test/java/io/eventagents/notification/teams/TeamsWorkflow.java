package io.eventagents.notification.teams;

import io.eventagents.notification.http.StandIn;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A workflow that is started by a webhook and posts an Adaptive Card. */
final class TeamsWorkflow extends StandIn {

  static final String PATH = "/workflows/abc/triggers/manual/paths/invoke";
  static final String QUERY = "?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig=secret";

  @Override
  protected Reply answer(Request request) {
    if (!request.path().equals(PATH)) {
      return new Reply(404, error("WorkflowNotFound"));
    }
    if (!request.uri().getQuery().endsWith("sig=secret")) {
      return new Reply(401, error("DirectApiAuthorizationRequired"));
    }
    return isCard(request)
        ? new Reply(202, Map.of("x-ms-workflow-run-id", "08584830"), "")
        : new Reply(400, error("TriggerInputSchemaMismatch"));
  }

  private static boolean isCard(Request request) {
    if (!request.header("Content-Type").startsWith("application/json")) {
      return false;
    }
    try {
      JsonNode message = request.json();
      JsonNode attachment = message.path("attachments").path(0);
      return message.path("type").asString("").equals("message")
          && attachment
              .path("contentType")
              .asString("")
              .equals("application/vnd.microsoft.card.adaptive")
          && attachment.path("content").path("type").asString("").equals("AdaptiveCard")
          && !attachment.path("content").path("body").path(0).path("text").asString("").isEmpty();
    } catch (JacksonException malformed) {
      return false;
    }
  }

  private static String error(String code) {
    return "{\"error\": {\"code\": \"%s\", \"message\": \"...\"}}".formatted(code);
  }
}
