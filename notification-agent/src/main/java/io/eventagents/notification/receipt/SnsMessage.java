package io.eventagents.notification.receipt;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What Amazon SNS posts to its subscribers, as documented under "Verifying the signatures of Amazon
 * SNS messages".
 */
record SnsMessage(ReceiptJson json, Type type) {

  /** The signed fields of a notification, in this order. */
  private static final List<String> SIGNED =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");

  private static final List<String> SIGNED_OF_SUBSCRIPTIONS =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  static SnsMessage parse(byte[] body) throws MalformedReceipt {
    ReceiptJson json = ReceiptJson.parse(body);
    return new SnsMessage(
        json,
        switch (json.text("Type")) {
          case "Notification" -> Type.NOTIFICATION;
          case "SubscriptionConfirmation" -> Type.SUBSCRIPTION;
          case "UnsubscribeConfirmation" -> Type.UNSUBSCRIPTION;
          default -> throw new MalformedReceipt("'Type' is none of Amazon SNS's");
        });
  }

  String topic() throws MalformedReceipt {
    return json.text("TopicArn");
  }

  /**
   * Checks that Amazon signed the message.
   *
   * @throws ForgedReceipt if it did not
   */
  void check(SnsCertificates certificates) throws ForgedReceipt, MalformedReceipt {
    String algorithm =
        switch (json.text("SignatureVersion")) {
          case "1" -> "SHA1withRSA";
          case "2" -> "SHA256withRSA";
          default ->
              throw ForgedReceipt.signature("The version of the signature is neither 1 nor 2");
        };
    PublicKey key = certificates.at(json.text("SigningCertURL")).getPublicKey();
    byte[] signed = signed().getBytes(StandardCharsets.UTF_8);
    if (!ReceiptSignature.isValid(algorithm, key, json.text("Signature"), signed)) {
      throw ForgedReceipt.signature("The signature of Amazon SNS is wrong");
    }
  }

  private String signed() throws MalformedReceipt {
    StringBuilder text = new StringBuilder();
    for (String name : type == Type.NOTIFICATION ? SIGNED : SIGNED_OF_SUBSCRIPTIONS) {
      JsonNode value = json.node().path(name);
      if (value.isString()) {
        text.append(name).append('\n').append(value.stringValue()).append('\n');
      } else if (!name.equals("Subject")) {
        throw new MalformedReceipt("'%s' must be a text".formatted(name));
      }
    }
    return text.toString();
  }

  /** The kind of message. */
  enum Type {
    NOTIFICATION,
    SUBSCRIPTION,
    UNSUBSCRIPTION
  }
}
