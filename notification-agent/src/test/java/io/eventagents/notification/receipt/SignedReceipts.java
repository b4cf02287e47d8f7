package io.eventagents.notification.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

/** Requests as the providers document them, signed with test keys. */
final class SignedReceipts {

  static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:ses-receipts";
  static final String CERTIFICATE =
      "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem";
  static final String TWILIO_URL = "https://tasks.company.com/receipts/twilio";
  static final String TWILIO_TOKEN = "12345678901234567890123456789012";
  static final KeyPair SENDGRID = ellipticCurve();

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> SIGNED_OF_NOTIFICATION =
      List.of("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type");
  private static final List<String> SIGNED_OF_SUBSCRIPTION =
      List.of("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type");

  private SignedReceipts() {}

  static byte[] certificate() {
    return resource("receipts/sns-test.pem").getBytes(UTF_8);
  }

  static String sendGridKey() {
    return Base64.getEncoder().encodeToString(SENDGRID.getPublic().getEncoded());
  }

  /** Amazon SES over SNS, with the older or the newer signature. */
  static ReceiptRequest ses(String version, String message) {
    return ses(notification(message), version, CERTIFICATE);
  }

  static Map<String, String> notification(String message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Type", "Notification");
    fields.put("MessageId", "da41e39f-ea4d-435a-b922-c6aae3915ebe");
    fields.put("TopicArn", TOPIC);
    fields.put("Message", message);
    fields.put("Timestamp", "2025-01-15T14:31:00.000Z");
    return fields;
  }

  static Map<String, String> subscription() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("Type", "SubscriptionConfirmation");
    fields.put("MessageId", "165545c9-2a5c-472c-8df2-7ff2be2b3b1b");
    fields.put("Token", "2336412f37");
    fields.put("TopicArn", TOPIC);
    fields.put("Message", "You have chosen to subscribe to the topic.");
    fields.put(
        "SubscribeURL",
        "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37");
    fields.put("Timestamp", "2025-01-15T14:31:00.000Z");
    return fields;
  }

  static ReceiptRequest ses(Map<String, String> fields, String version, String certificate) {
    try {
      Signature signature =
          Signature.getInstance(version.equals("1") ? "SHA1withRSA" : "SHA256withRSA");
      signature.initSign(snsKey());
      for (String name :
          "Notification".equals(fields.get("Type"))
              ? SIGNED_OF_NOTIFICATION
              : SIGNED_OF_SUBSCRIPTION) {
        if (fields.containsKey(name)) {
          signature.update((name + "\n" + fields.get(name) + "\n").getBytes(UTF_8));
        }
      }
      Map<String, String> signed = new LinkedHashMap<>(fields);
      signed.put("SignatureVersion", version);
      signed.put("Signature", Base64.getEncoder().encodeToString(signature.sign()));
      signed.put("SigningCertURL", certificate);
      return new ReceiptRequest(new HttpHeaders(), JSON.writeValueAsBytes(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static ReceiptRequest sendGrid(String body) {
    return sendGrid(body, body);
  }

  /** With the signature of another body. */
  static ReceiptRequest sendGrid(String body, String signed) {
    try {
      String timestamp = "1736951460";
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(SENDGRID.getPrivate());
      signature.update((timestamp + signed).getBytes(UTF_8));
      HttpHeaders headers = new HttpHeaders();
      headers.set(
          "X-Twilio-Email-Event-Webhook-Signature",
          Base64.getEncoder().encodeToString(signature.sign()));
      headers.set("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
      return new ReceiptRequest(headers, body.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static ReceiptRequest postmark(String user, String password, String body) {
    HttpHeaders headers = new HttpHeaders();
    headers.setBasicAuth(user, password);
    return new ReceiptRequest(headers, body.getBytes(UTF_8));
  }

  static ReceiptRequest twilio(Map<String, String> fields) {
    return twilio(fields, TWILIO_URL);
  }

  static ReceiptRequest twilio(Map<String, String> fields, String url) {
    StringBuilder text = new StringBuilder(url);
    new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
    HttpHeaders headers = new HttpHeaders();
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(TWILIO_TOKEN.getBytes(UTF_8), "HmacSHA1"));
      headers.set(
          "X-Twilio-Signature",
          Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return new ReceiptRequest(headers, body.getBytes(UTF_8));
  }

  static String report(String file, String messageId) {
    return resource("receipts/" + file)
        .replace("<MESSAGE-ID>", messageId)
        .replace("\r\n", "\n")
        .replace("\n", "\r\n");
  }

  private static String resource(String path) {
    try {
      return new ClassPathResource(path).getContentAsString(UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static PrivateKey snsKey() throws GeneralSecurityException {
    String pem = resource("receipts/sns-test-key.pem").replaceAll("-----.*?-----|\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
  }

  private static KeyPair ellipticCurve() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
