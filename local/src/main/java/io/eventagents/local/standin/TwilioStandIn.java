package io.eventagents.local.standin;

import io.eventagents.local.inbox.Inbox;
import io.eventagents.local.inbox.Kind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stands in for Twilio's messaging API: accepts messages, refuses Twilio's magic test numbers as
 * Twilio does, and reports messages as delivered a moment later.
 */
@RestController
class TwilioStandIn {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final int LONGEST = 1_600;

  private final TwilioStandInAccount account;
  private final Inbox inbox;
  private final TwilioCallbacks callbacks;

  TwilioStandIn(StandIns standIns, Inbox inbox, TwilioCallbacks callbacks) {
    this.account = standIns.twilio();
    this.inbox = inbox;
    this.callbacks = callbacks;
  }

  @PostMapping(
      path = "/twilio/2010-04-01/Accounts/{sid}/Messages.json",
      consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Map<String, Object>> send(
      @PathVariable String sid,
      @RequestHeader(name = "Authorization", defaultValue = "") String authorization,
      @RequestParam Map<String, String> form) {
    if (!account.isIn(authorization)) {
      return refused(HttpStatus.UNAUTHORIZED, 20003, "Authenticate");
    }
    if (!account.sid().equals(sid)) {
      return refused(HttpStatus.NOT_FOUND, 20404, "The requested resource was not found");
    }
    String body = form.getOrDefault("Body", "");
    if (!TwilioStandInAccount.NUMBER.equals(form.get("From"))) {
      return refused(21606, "The From phone number is not a valid, SMS-capable number");
    }
    if (body.isEmpty()) {
      return refused(21602, "Message body is required.");
    }
    if (body.length() > LONGEST) {
      return refused(21617, "The concatenated message body exceeds the 1600 character limit");
    }
    String to = form.getOrDefault("To", "");
    return switch (to) {
      case "" -> refused(21604, "A 'To' phone number is required.");
      case "+15005550001" -> refused(21211, "Invalid 'To' Phone Number");
      case "+15005550003" -> refused(21408, "Permission to send an SMS has not been enabled");
      case "+15005550004" -> refused(21610, "Attempt to send to unsubscribed recipient");
      case "+15005550009" -> refused(21614, "'To' number is not a valid mobile number");
      default ->
          NUMBER.matcher(to).matches()
              ? taken(to, body, form.get("StatusCallback"))
              : refused(21211, "Invalid 'To' Phone Number");
    };
  }

  private ResponseEntity<Map<String, Object>> taken(
      String to, String body, @Nullable String callback) {
    String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
    Map<String, String> message = new LinkedHashMap<>();
    message.put("sid", sid);
    message.put("from", TwilioStandInAccount.NUMBER);
    message.put("to", to);
    message.put("body", body);
    if (callback != null) {
      message.put("status_callback", callback);
    }
    inbox.add(Kind.SMS, to, JSON.writeValueAsString(message));
    if (callback != null) {
      callbacks.delivered(URI.create(callback), sid, to);
    }
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(
            Map.of("sid", sid, "status", "queued", "to", to, "from", TwilioStandInAccount.NUMBER));
  }

  private static ResponseEntity<Map<String, Object>> refused(int code, String message) {
    return refused(HttpStatus.BAD_REQUEST, code, message);
  }

  private static ResponseEntity<Map<String, Object>> refused(
      HttpStatus status, int code, String message) {
    return ResponseEntity.status(status)
        .body(Map.of("code", code, "message", message, "status", status.value()));
  }
}
