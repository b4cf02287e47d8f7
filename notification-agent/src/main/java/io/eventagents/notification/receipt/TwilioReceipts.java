package io.eventagents.notification.receipt;

import io.eventagents.notification.receipt.Receipt.Kind;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's status callbacks. Twilio sends a form and a signature (HMAC-SHA1 with the account's
 * token) of the called URL followed by the fields in the order of their names.
 */
final class TwilioReceipts implements ReceiptSource {

  static final String SIGNATURE = "X-Twilio-Signature";

  private final String url;
  private final byte[] authToken;

  /**
   * @param url the status callback as Twilio knows it; behind a proxy the request has another one
   */
  TwilioReceipts(String url, String authToken) {
    this.url = url;
    this.authToken = authToken.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "twilio";
  }

  @Override
  public ReceiptBatch read(ReceiptRequest request) throws ForgedReceipt, MalformedReceipt {
    Map<String, SortedSet<String>> form = form(request.text());
    check(form, request.header(SIGNATURE));
    String id = MessageId.of(one(form, "MessageSid"));
    return switch (one(form, "MessageStatus")) {
      case "delivered" -> ReceiptBatch.of(Receipt.delivered(Kind.SMS_DELIVERED, id, null));
      case "failed", "undelivered" ->
          ReceiptBatch.of(
              Receipt.failed(Kind.SMS_FAILED, id, null, reason(form), false)
                  .ofAnAddressThatIsGone(isOfTheNumber(form)));
      default -> ReceiptBatch.of();
    };
  }

  private static String reason(Map<String, SortedSet<String>> form) throws MalformedReceipt {
    String code = errorCode(form);
    return "Twilio says " + one(form, "MessageStatus") + (code.isEmpty() ? "" : ", error " + code);
  }

  private static boolean isOfTheNumber(Map<String, SortedSet<String>> form) {
    try {
      return TwilioError.isOfTheNumber(Integer.parseInt(errorCode(form)));
    } catch (NumberFormatException none) {
      return false;
    }
  }

  /** Empty if there is none; Twilio sends the field also without a value. */
  private static String errorCode(Map<String, SortedSet<String>> form) {
    return form.getOrDefault("ErrorCode", Collections.emptySortedSet()).stream()
        .filter(code -> !code.isBlank())
        .collect(Collectors.joining(", "));
  }

  private void check(Map<String, SortedSet<String>> form, @Nullable String signature)
      throws ForgedReceipt {
    if (signature == null) {
      throw ForgedReceipt.signature("The header " + SIGNATURE + " is missing");
    }
    StringBuilder signed = new StringBuilder(url);
    form.forEach((name, values) -> values.forEach(value -> signed.append(name).append(value)));
    if (!MessageDigest.isEqual(
        Base64.getEncoder().encode(hmac(signed.toString())),
        signature.getBytes(StandardCharsets.UTF_8))) {
      throw ForgedReceipt.signature(
          "The signature of Twilio is wrong, for the URL "
              + url
              + " (notification.receipts.twilio.url)");
    }
  }

  private byte[] hmac(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(authToken, "HmacSHA1"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA1", e);
    }
  }

  private static Map<String, SortedSet<String>> form(String body) throws MalformedReceipt {
    Map<String, SortedSet<String>> form = new TreeMap<>();
    try {
      for (String field : body.split("&", -1)) {
        if (field.isEmpty()) {
          continue;
        }
        int equals = field.indexOf('=');
        String name = equals < 0 ? field : field.substring(0, equals);
        String value = equals < 0 ? "" : field.substring(equals + 1);
        form.computeIfAbsent(decoded(name), unused -> new TreeSet<>()).add(decoded(value));
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedReceipt("The body is not a form", e);
    }
    return form;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String one(Map<String, SortedSet<String>> form, String name)
      throws MalformedReceipt {
    SortedSet<String> values = form.get(name);
    if (values == null || values.size() != 1 || values.first().isBlank()) {
      throw new MalformedReceipt("'%s' must be given once".formatted(name));
    }
    return values.first();
  }
}
