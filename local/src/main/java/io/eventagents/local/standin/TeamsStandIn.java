package io.eventagents.local.standin;

import io.eventagents.local.inbox.Inbox;
import io.eventagents.local.inbox.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for the workflow "Send webhook alerts to a channel" of Microsoft Teams: accepts a
 * message with an adaptive card at any path under {@code /teams/}.
 */
@RestController
class TeamsStandIn {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String CARD = "application/vnd.microsoft.card.adaptive";

  private final Inbox inbox;

  TeamsStandIn(Inbox inbox) {
    this.inbox = inbox;
  }

  @PostMapping(
      path = "/teams/{*workflow}",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> receive(@RequestBody byte[] body, HttpServletRequest request) {
    JsonNode message;
    try {
      message = JSON.readTree(body);
    } catch (JacksonException malformed) {
      return ResponseEntity.badRequest().body("The request body is not valid JSON.");
    }
    JsonNode attachment = message.at("/attachments/0");
    if (!attachment.path("contentType").asString("").equals(CARD)
        || !attachment.path("content").isObject()) {
      return ResponseEntity.badRequest().body("The message has no attachment of type " + CARD);
    }
    inbox.add(Kind.TEAMS, request.getRequestURI(), JSON.writeValueAsString(message));
    return ResponseEntity.accepted()
        .header("x-ms-workflow-run-id", UUID.randomUUID().toString())
        .build();
  }
}
