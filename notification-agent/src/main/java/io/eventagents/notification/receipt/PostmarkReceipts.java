package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Postmark's webhooks for deliveries and bounces. Postmark signs nothing. It logs in with the user
 * and password in the webhook's URL.
 *
 * <p>Postmark replaces the {@code Message-ID}. It returns the original one as metadata, from the
 * mail's header {@code X-PM-Metadata-message-id}.
 */
final class PostmarkReceipts implements ReceiptSource {

  /** The name of the metadata with our message's id. */
  static final String METADATA = "message-id";

  /**
   * The bounce types of Postmark after which the next mail bounces too. The others concern this
   * mail, the sender or this moment: {@code Unconfirmed}, {@code InboundError} and the like are no
   * answer of a mailbox.
   */
  private static final Set<String> LASTING =
      Set.of("HardBounce", "BadEmailAddress", "SpamComplaint", "ManuallyDeactivated");

  /**
   * A provider that refuses the sender or the content, often with a permanent status: an answer
   * that another mail may not get.
   */
  private static final String BLOCKED = "Blocked";

  /** Types that Postmark's bounce webhook sends although they are no bounces. */
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
      throw ForgedReceipt.credentials("The user or password of Postmark's webhook is wrong");
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
    // After any type, Postmark sends nothing more to an address that it deactivated.
    boolean inactive = json.node().path("Inactive").asBoolean(false);
    boolean lasting = inactive || LASTING.contains(type);
    String details = json.optional("Details");
    return ReceiptBatch.of(
        Receipt.bounced(
            messageId(json),
            json.time("BouncedAt"),
            type + suffix(details),
            inactive || type.equals(BLOCKED) ? Optional.empty() : MailStatus.of(null, details),
            lasting,
            lasting));
  }

  private static String suffix(@Nullable String details) {
    return details == null ? "" : ": " + details;
  }

  private static String messageId(ReceiptJson json) throws MalformedReceipt {
    String ours = new ReceiptJson(json.node().path("Metadata")).optional(METADATA);
    // The mail may be that of another user of the account.
    return MessageId.of(ours == null ? json.text("MessageID") : ours);
  }
}
