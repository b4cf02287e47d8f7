package io.eventagents.notification.receipt;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;

/**
 * What Amazon SNS posts to its subscribers, as documented under "Verifying the signatures of Amazon
 * SNS messages".
 */
record SnsMessage(ReceiptJson json, Type type) {

  static SnsMessage parse(byte[] body) throws MalformedReceipt {
    ReceiptJson json = ReceiptJson.parse(body);
    String type = json.text("Type");
    for (Type known : Type.values()) {
      if (known.name.equals(type)) {
        return new SnsMessage(json, known);
      }
    }
    throw new MalformedReceipt("'Type' is none of Amazon SNS's");
  }

  String topic() throws MalformedReceipt {
    return json.text("TopicArn");
  }

  String message() throws MalformedReceipt {
    return json.text("Message");
  }

  String subscribeUrl() throws MalformedReceipt {
    return json.text("SubscribeURL");
  }

  /**
   * Checks that Amazon signed it.
   *
   * @throws ForgedReceipt where it did not
   */
  void check(SnsCertificates certificates) throws ForgedReceipt, MalformedReceipt {
    String algorithm =
        switch (json.text("SignatureVersion")) {
          case "1" -> "SHA1withRSA";
          case "2" -> "SHA256withRSA";
          default ->
              throw ForgedReceipt.signature("The version of the signature is neither 1 nor 2");
        };
    X509Certificate certificate = certificates.at(json.text("SigningCertURL"));
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initVerify(certificate.getPublicKey());
      signature.update(signed().getBytes(StandardCharsets.UTF_8));
      if (signature.verify(Base64.getDecoder().decode(json.text("Signature")))) {
        return;
      }
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      // As bad as a wrong one.
    }
    throw ForgedReceipt.signature("The signature of Amazon SNS is wrong");
  }

  private String signed() throws MalformedReceipt {
    StringBuilder text = new StringBuilder();
    for (String name : type.signed) {
      String value = json.optional(name);
      if (value != null) {
        text.append(name).append('\n').append(value).append('\n');
      } else if (!name.equals("Subject")) {
        throw new MalformedReceipt("'%s' must be a text".formatted(name));
      }
    }
    return text.toString();
  }

  /** What it is, and which of its fields are signed, in this order. */
  enum Type {
    NOTIFICATION(
        "Notification",
        List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")),
    SUBSCRIPTION(
        "SubscriptionConfirmation",
        List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")),
    UNSUBSCRIPTION(
        "UnsubscribeConfirmation",
        List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"));

    private final String name;

    @SuppressWarnings("ImmutableEnumChecker") // each is a list that cannot be changed
    private final List<String> signed;

    Type(String name, List<String> signed) {
      this.name = name;
      this.signed = signed;
    }
  }
}
