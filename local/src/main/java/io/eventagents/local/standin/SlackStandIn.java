package io.eventagents.local.standin;

import io.eventagents.local.inbox.Inbox;
import io.eventagents.local.inbox.Kind;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for Slack's incoming webhooks: accepts {@code {"channel", "text", "blocks"}} at any
 * path under {@code /slack/}, answers as Slack does, and puts the message into the {@link Inbox}.
 */
@RestController
class SlackStandIn {

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Inbox inbox;

  SlackStandIn(Inbox inbox) {
    this.inbox = inbox;
  }

  @PostMapping(
      path = "/slack/{*webhook}",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> receive(@RequestBody byte[] body, HttpServletRequest request) {
    JsonNode post;
    try {
      post = JSON.readTree(body);
    } catch (JacksonException malformed) {
      return ResponseEntity.badRequest().body("invalid_payload");
    }
    if (!post.isObject()) {
      return ResponseEntity.badRequest().body("invalid_payload");
    }
    if (post.path("text").asString("").isBlank() && post.path("blocks").isEmpty()) {
      return ResponseEntity.badRequest().body("no_text");
    }
    inbox.add(Kind.SLACK, request.getRequestURI(), JSON.writeValueAsString(post));
    return ResponseEntity.ok("ok");
  }
}
