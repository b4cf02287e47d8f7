package io.eventagents.notification.receipt;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;

/** Signed receipts for tests of the whole application, and the certificate of their signatures. */
@Configuration(proxyBeanMethods = false)
public class SignedReceiptsAccess {

  /** What is posted. */
  public record Post(HttpHeaders headers, String body) {

    static Post of(ReceiptRequest request) {
      return new Post(request.headers(), request.text());
    }
  }

  @Bean
  AmazonDownloads amazonDownloads() {
    return address -> SignedReceipts.certificate();
  }

  /** The settings with which the application accepts them. */
  public static Map<String, String> settings() {
    return Map.of(
        "notification.receipts.ses.topic-arn", SignedReceipts.TOPIC,
        "notification.receipts.sendgrid.verification-key", SignedReceipts.sendGridKey(),
        "notification.receipts.twilio.url", SignedReceipts.TWILIO_URL,
        "notification.receipts.twilio.auth-token", SignedReceipts.TWILIO_TOKEN);
  }

  /** A delivery. */
  public static Post ses(String messageId) {
    return Post.of(
        SignedReceipts.ses(
            "2",
            """
            {"notificationType": "Delivery",
             "mail": {"messageId": "0100", "headers": [{"name": "Message-ID", "value": "%s"}]},
             "delivery": {"timestamp": "2025-01-15T14:31:00.000Z"}}
            """
                .formatted(messageId)));
  }

  /** The same delivery, and a bounce. */
  public static Post sendGrid(String messageId) {
    return Post.of(
        SignedReceipts.sendGrid(
            """
            [{"event": "delivered", "smtp-id": "%1$s", "timestamp": 1736951460},
             {"event": "bounce", "smtp-id": "%1$s", "timestamp": 1736951461, "reason": "550 no"}]
            """
                .formatted(messageId)));
  }

  /** A bounce of a mail, after an entry that no database can store. */
  public static Post hostileSendGrid(String messageId) {
    return Post.of(
        SignedReceipts.sendGrid(
            """
            [{"event": "delivered", "smtp-id": "<a\\u0000b@company.com>"},
             {"event": "delivered", "smtp-id": "<%s@company.com>"},
             {"event": "bounce", "smtp-id": "<\\ud800@company.com>", "reason": "\\u0000\\ud800"},
             {"event": "bounce", "smtp-id": "%s", "timestamp": 1736951461, "reason": "550\\u0000 no"}]
            """
                .formatted("x".repeat(6_000), messageId)));
  }

  /** A batch that SendGrid did not sign. */
  public static Post forgedSendGrid() {
    return Post.of(SignedReceipts.sendGrid("[]", "[{}]"));
  }

  /** The same bounce once more. */
  public static Post postmark(String password, String messageId) {
    return Post.of(
        SignedReceipts.postmark(
            "postmark",
            password,
            """
            {"RecordType": "Bounce", "Type": "HardBounce", "MessageID": "883953f4", "Details": "550 no",
             "BouncedAt": "2025-01-15T14:31:02Z", "Metadata": {"message-id": "%s"}}
            """
                .formatted(messageId)));
  }

  /** A delivery. */
  public static Post twilio(String messageSid) {
    return Post.of(
        SignedReceipts.twilio(
            Map.of("MessageSid", messageSid, "MessageStatus", "delivered", "To", "+4930123456")));
  }

  /** A report about this message, from the file in the test resources. */
  public static String report(String file, String messageId) {
    return SignedReceipts.report(file, messageId);
  }
}
