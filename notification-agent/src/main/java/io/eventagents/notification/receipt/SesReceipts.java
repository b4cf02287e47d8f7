package io.eventagents.notification.receipt;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.receipt.Receipt.Kind;
import io.eventagents.notification.template.OneLine;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Notifications of Amazon SES over an SNS topic. They come from an identity (with "include original
 * headers" turned on) or from a configuration set.
 *
 * <p>SES replaces the {@code Message-ID} of a mail. The original one is among the original headers.
 */
final class SesReceipts implements ReceiptSource {

  private static final Logger log = LoggerFactory.getLogger(SesReceipts.class);

  private final String topic;
  private final SnsCertificates certificates;
  private final AmazonDownloads downloads;

  SesReceipts(String topic, SnsCertificates certificates, AmazonDownloads downloads) {
    this.topic = topic;
    this.certificates = certificates;
    this.downloads = downloads;
  }

  @Override
  public String name() {
    return "ses";
  }

  @Override
  public ReceiptBatch read(ReceiptRequest request) throws ForgedReceipt, MalformedReceipt {
    SnsMessage message = SnsMessage.parse(request.body());
    // Anybody may create a topic, and Amazon signs for all topics.
    if (!message.topic().equals(topic)) {
      throw ForgedReceipt.signature(
          "The topic '%s' is not the configured one"
              .formatted(OneLine.of(message.topic(), Receipt.LONGEST)));
    }
    message.check(certificates);
    return switch (message.type()) {
      case NOTIFICATION -> receipts(message.json().text("Message"));
      case SUBSCRIPTION -> confirm(message.json().text("SubscribeURL"));
      case UNSUBSCRIPTION -> {
        log.warn("Amazon SNS says that {} sends no more receipts here", topic);
        yield ReceiptBatch.of();
      }
    };
  }

  private ReceiptBatch confirm(String url) throws ForgedReceipt {
    URI address = SnsCertificates.amazon(url);
    try {
      downloads.get(address);
    } catch (IOException e) {
      throw new DependencyUnavailable("Amazon SNS at " + address.getHost(), e);
    }
    log.info("Subscribed to {}: receipts of Amazon SES arrive from now on", topic);
    return ReceiptBatch.of();
  }

  private static ReceiptBatch receipts(String text) throws MalformedReceipt {
    // During setup SES posts plain text.
    if (!text.stripLeading().startsWith("{")) {
      return ReceiptBatch.of();
    }
    ReceiptJson json = ReceiptJson.parse(text.getBytes(StandardCharsets.UTF_8));
    String type = json.optional("eventType");
    if (type == null) {
      type = json.text("notificationType");
    }
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "delivery" ->
          ReceiptBatch.of(
              Receipt.delivered(
                  Kind.EMAIL_DELIVERED,
                  messageId(json.object("mail")),
                  json.object("delivery").time("timestamp")));
      case "bounce" -> ReceiptBatch.of(bounce(json));
      case "reject" ->
          ReceiptBatch.of(
              Receipt.failed(
                  Kind.EMAIL_BOUNCED,
                  messageId(json.object("mail")),
                  null,
                  "Amazon SES rejected the mail: "
                      + or(json.object("reject").optional("reason"), "no reason given"),
                  false));
      default -> ReceiptBatch.of();
    };
  }

  private static Receipt bounce(ReceiptJson json) throws MalformedReceipt {
    ReceiptJson bounce = json.object("bounce");
    String type = or(bounce.optional("bounceType"), "Undetermined");
    JsonNode first = bounce.node().path("bouncedRecipients").path(0);
    ReceiptJson recipient = new ReceiptJson(first);
    String diagnosis = recipient.optional("diagnosticCode");
    // SES calls some final refusals transient, as it does not classify every text.
    Optional<MailStatus> status = MailStatus.of(recipient.optional("status"), diagnosis);
    return Receipt.bounced(
        messageId(json.object("mail")),
        bounce.time("timestamp"),
        or(diagnosis, type + " " + or(bounce.optional("bounceSubType"), "")),
        status,
        type.equalsIgnoreCase("Permanent"),
        false);
  }

  private static String messageId(ReceiptJson mail) throws MalformedReceipt {
    for (JsonNode header : mail.node().path("headers")) {
      if (header.isObject()
          && "message-id".equalsIgnoreCase(new ReceiptJson(header).optional("name"))) {
        return MessageId.of(new ReceiptJson(header).text("value"));
      }
    }
    return MessageId.of(mail.text("messageId"));
  }

  private static String or(@Nullable String text, String other) {
    return text == null ? other : text;
  }
}
