package io.eventagents.local.standin;

import io.eventagents.local.inbox.Inbox;
import io.eventagents.local.inbox.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for the HTTP v1 API of Firebase Cloud Messaging and for Google's token endpoint. An app
 * whose token begins with {@code gone} is no longer registered.
 */
@RestController
class FcmStandIn {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LARGEST = 4_096;

  private final String accessToken = "ya29." + UUID.randomUUID();
  private final PushAccount account;
  private final Inbox inbox;

  FcmStandIn(StandIns standIns, Inbox inbox) {
    this.account = standIns.push();
    this.inbox = inbox;
  }

  @PostMapping(
      path = "/fcm/token",
      consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Map<String, Object>> token(@RequestParam(defaultValue = "") String assertion) {
    return account.signed(assertion, Instant.now())
        ? ResponseEntity.ok(
            Map.of("access_token", accessToken, "expires_in", 3_599, "token_type", "Bearer"))
        : ResponseEntity.badRequest()
            .body(Map.of("error", "invalid_grant", "error_description", "Invalid JWT Signature."));
  }

  // The colon of Google's custom methods is part of the last path segment.
  @PostMapping(
      path = "/fcm/v1/projects/{project}/messages:send",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Map<String, Object>> send(
      @PathVariable String project,
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @RequestBody byte[] body) {
    if (!authorization.equals("Bearer " + accessToken)) {
      return refused(HttpStatus.UNAUTHORIZED, "UNAUTHENTICATED", "");
    }
    if (!project.equals(PushAccount.PROJECT)) {
      return refused(HttpStatus.FORBIDDEN, "PERMISSION_DENIED", "");
    }
    JsonNode push;
    try {
      push = JSON.readTree(body);
    } catch (JacksonException malformed) {
      return refused(HttpStatus.BAD_REQUEST, "INVALID_ARGUMENT", "INVALID_ARGUMENT");
    }
    String app = push.at("/message/token").asString("");
    if (app.isEmpty() || body.length > LARGEST) {
      return refused(HttpStatus.BAD_REQUEST, "INVALID_ARGUMENT", "INVALID_ARGUMENT");
    }
    if (app.startsWith("gone")) {
      return refused(HttpStatus.NOT_FOUND, "NOT_FOUND", "UNREGISTERED");
    }
    inbox.add(Kind.PUSH, app, JSON.writeValueAsString(push));
    return ResponseEntity.ok(
        Map.of("name", "projects/%s/messages/%s".formatted(project, UUID.randomUUID())));
  }

  /**
   * @param own FCM's own error code, or an empty string
   */
  private static ResponseEntity<Map<String, Object>> refused(
      HttpStatus status, String general, String own) {
    List<Map<String, Object>> details =
        own.isEmpty()
            ? List.of()
            : List.of(
                Map.of(
                    "@type",
                    "type.googleapis.com/google.firebase.fcm.v1.FcmError",
                    "errorCode",
                    own));
    return ResponseEntity.status(status)
        .body(
            Map.of(
                "error",
                Map.of(
                    "code",
                    status.value(),
                    "message",
                    "The push was refused.",
                    "status",
                    general,
                    "details",
                    details)));
  }
}
