package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import io.eventagents.notification.template.OneLine;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * SendGrid's signed event webhook. It sends an array of events, with a signature (ECDSA with
 * SHA-256) of the timestamp header and the body.
 */
final class SendGridReceipts implements ReceiptSource {

  static final String SIGNATURE = "X-Twilio-Email-Event-Webhook-Signature";
  static final String TIMESTAMP = "X-Twilio-Email-Event-Webhook-Timestamp";

  /** Why SendGrid drops each mail to an address. The other reasons concern one mail. */
  private static final Set<String> DROPPED_FOR_THE_ADDRESS =
      Set.of("bounced address", "invalid", "spam reporting address", "unsubscribed address");

  private final PublicKey key;

  SendGridReceipts(PublicKey key) {
    this.key = key;
  }

  @Override
  public String name() {
    return "sendgrid";
  }

  @Override
  public ReceiptBatch read(ReceiptRequest request) throws ForgedReceipt, MalformedReceipt {
    check(request);
    JsonNode events = ReceiptJson.parse(request.body()).node();
    if (!events.isArray()) {
      throw new MalformedReceipt("The body must be an array of events");
    }
    List<Receipt> receipts = new ArrayList<>();
    List<MalformedReceipt> malformed = new ArrayList<>();
    int position = 0;
    for (JsonNode event : events) {
      position++;
      try {
        Receipt receipt = receipt(event);
        if (receipt != null) {
          receipts.add(receipt);
        }
      } catch (MalformedReceipt e) {
        malformed.add(new MalformedReceipt(name(position, event) + ": " + e.getMessage(), e));
      }
    }
    if (position > 0 && malformed.size() == position) {
      throw malformed.getFirst();
    }
    return new ReceiptBatch(receipts, malformed);
  }

  /** The name of an event, with the id that SendGrid's support knows. */
  private static String name(int position, JsonNode event) {
    String id = event.path("sg_event_id").asString("");
    return "event %d%s"
        .formatted(position, id.isEmpty() ? "" : " (" + OneLine.of(id, Receipt.LONGEST) + ")");
  }

  private static @Nullable Receipt receipt(JsonNode element) throws MalformedReceipt {
    if (!element.isObject()) {
      throw new MalformedReceipt("Each element must be an event");
    }
    ReceiptJson event = new ReceiptJson(element);
    String id = event.optional("smtp-id");
    if (id == null) {
      // The account may be shared with others.
      return null;
    }
    return switch (event.text("event")) {
      case "delivered" -> Receipt.delivered(Kind.EMAIL_DELIVERED, messageId(event), time(event));
      // A type "blocked" may pass, as a full mailbox or a blocklisted sender.
      case "bounce" ->
          bounced(
              event,
              MailStatus.of(event.optional("status"), event.optional("reason")),
              !"blocked".equals(event.optional("type")));
      // No server was asked; SendGrid gives a status of its own.
      case "dropped" ->
          bounced(event, Optional.empty(), DROPPED_FOR_THE_ADDRESS.contains(reason(event)));
      default -> null;
    };
  }

  private static String reason(ReceiptJson event) {
    return String.valueOf(event.optional("reason")).toLowerCase(Locale.ROOT);
  }

  private static Receipt bounced(ReceiptJson event, Optional<MailStatus> status, boolean lasting)
      throws MalformedReceipt {
    String reason =
        Stream.of(event.optional("status"), event.optional("reason"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    // SendGrid sends nothing more to an address after a bounce that it calls permanent.
    return Receipt.bounced(
        messageId(event),
        time(event),
        reason.isEmpty() ? "SendGrid gave no reason" : reason,
        status,
        lasting,
        lasting);
  }

  private static String messageId(ReceiptJson event) throws MalformedReceipt {
    return MessageId.of(event.text("smtp-id"));
  }

  private static @Nullable Instant time(ReceiptJson event) {
    JsonNode seconds = event.node().path("timestamp");
    return seconds.isIntegralNumber() && seconds.canConvertToInt()
        ? Instant.ofEpochSecond(seconds.intValue())
        : null;
  }

  private void check(ReceiptRequest request) throws ForgedReceipt {
    String signed = request.header(SIGNATURE);
    String timestamp = request.header(TIMESTAMP);
    if (signed == null || timestamp == null) {
      throw ForgedReceipt.signature("The headers of SendGrid's signature are missing");
    }
    byte[] time = timestamp.getBytes(StandardCharsets.UTF_8);
    if (!ReceiptSignature.isValid("SHA256withECDSA", key, signed, time, request.body())) {
      throw ForgedReceipt.signature("The signature of SendGrid is wrong");
    }
  }
}
