package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Postmark's webhooks for deliveries and bounces. Postmark signs nothing; it proves itself with the
 * user and password that are part of the webhook's URL.
 *
 * <p>Postmark replaces the {@code Message-ID}; the one that the mail was handed over with comes
 * back as metadata, which the mail carries as the header {@code X-PM-Metadata-message-id}.
 */
final class PostmarkReceipts implements ReceiptSource {

  /** The name of the metadata that leads to our message. */
  static final String METADATA = "message-id";

  /** Bounces that say nothing of the address (Postmark's bounce types). */
  private static final Set<String> PASSING =
      Set.of(
          "Transient",
          "SoftBounce",
          "DnsError",
          "SpamNotification",
          "VirusNotification",
          "ChallengeVerification",
          "SMTPApiError",
          "TemplateRenderingFailed",
          "OpenRelayTest",
          "Unknown");

  /** What Postmark's bounce webhook also tells of and is no bounce. */
  private static final Set<String> NO_BOUNCES =
      Set.of("AutoResponder", "AddressChange", "Subscribe", "Unsubscribe");

  private final byte[] authorization;

  PostmarkReceipts(String user, String password) {
    this.authorization =
        ("Basic "
                + Base64.getEncoder()
                    .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)))
            .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "postmark";
  }

  @Override
  public ReceiptBatch read(ReceiptRequest request) throws ForgedReceipt, MalformedReceipt {
    String given = request.header(HttpHeaders.AUTHORIZATION);
    if (given == null
        || !MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
      throw ForgedReceipt.credentials("User or password of Postmark's webhook are wrong");
    }
    ReceiptJson json = ReceiptJson.parse(request.body());
    return switch (json.text("RecordType")) {
      case "Delivery" ->
          ReceiptBatch.of(
              Receipt.delivered(Kind.EMAIL_DELIVERED, messageId(json), json.time("DeliveredAt")));
      case "Bounce" -> bounce(json, json.text("Type"));
      default -> ReceiptBatch.of();
    };
  }

  private static ReceiptBatch bounce(ReceiptJson json, String type) throws MalformedReceipt {
    if (NO_BOUNCES.contains(type)) {
      return ReceiptBatch.of();
    }
    return ReceiptBatch.of(
        Receipt.failed(
            Kind.EMAIL_BOUNCED,
            messageId(json),
            json.time("BouncedAt"),
            type + suffix(json.optional("Details")),
            !PASSING.contains(type)));
  }

  private static String suffix(@Nullable String details) {
    return details == null || details.isBlank() ? "" : ": " + details;
  }

  private static String messageId(ReceiptJson json) throws MalformedReceipt {
    String ours = new ReceiptJson(json.node().path("Metadata")).optional(METADATA);
    // A mail of somebody else who shares the account.
    return MessageId.of(ours == null || ours.isBlank() ? json.text("MessageID") : ours);
  }
}
