package io.eventagents.local.standin;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.eventagents.local.inbox.Inbox;
import io.eventagents.local.inbox.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Stands in for a receiver of webhooks that checks signatures according to Standard Webhooks. */
@RestController
class WebhookStandIn {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PATH = "/webhook";
  private static final String ID = Webhook.UNBRANDED_MSG_ID_KEY;
  private static final String TIMESTAMP = Webhook.UNBRANDED_MSG_TIMESTAMP_KEY;
  private static final String SIGNATURE = Webhook.UNBRANDED_MSG_SIGNATURE_KEY;

  private final Webhook secret;
  private final Inbox inbox;

  WebhookStandIn(StandIns standIns, Inbox inbox) throws EmptyWebhookSecretException {
    this.secret = new Webhook(standIns.webhookSecret());
    this.inbox = inbox;
  }

  @PostMapping(
      path = PATH,
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<String> receive(
      @RequestHeader(name = "webhook-id", defaultValue = "") String id,
      @RequestHeader(name = "webhook-timestamp", defaultValue = "") String timestamp,
      @RequestHeader(name = "webhook-signature", defaultValue = "") String signature,
      @RequestBody byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      secret.verify(
          text,
          Map.of(ID, List.of(id), TIMESTAMP, List.of(timestamp), SIGNATURE, List.of(signature)));
    } catch (WebhookVerificationException e) {
      return ResponseEntity.status(HttpStatus.UNAUTHORIZED).body(String.valueOf(e.getMessage()));
    }
    JsonNode content;
    try {
      content = JSON.readTree(text);
    } catch (JacksonException malformed) {
      return ResponseEntity.badRequest().body("The body is not valid JSON.");
    }
    ObjectNode received = JSON.createObjectNode();
    received.put(ID, id).put(TIMESTAMP, timestamp).put(SIGNATURE, signature).set("body", content);
    inbox.add(Kind.WEBHOOK, PATH, JSON.writeValueAsString(received));
    return ResponseEntity.noContent().build();
  }
}
