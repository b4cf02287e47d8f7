package io.eventagents.local.standin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.SortedMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The account that sends text messages; each start has a new one.
 *
 * @param sid its id
 * @param token its secret
 */
record TwilioStandInAccount(String sid, String token) {

  /** Twilio's number for tests. */
  static final String NUMBER = "+15005550006";

  private static final String ALGORITHM = "HmacSHA1";

  static TwilioStandInAccount random() {
    return new TwilioStandInAccount("AC" + hex(), hex());
  }

  /** Whether a request is authorised by this account. */
  boolean isIn(String authorization) {
    String expected =
        Base64.getEncoder().encodeToString((sid + ":" + token).getBytes(StandardCharsets.UTF_8));
    return MessageDigest.isEqual(
        ("Basic " + expected).getBytes(StandardCharsets.UTF_8),
        authorization.getBytes(StandardCharsets.UTF_8));
  }

  /** The signature of a callback to this URL. */
  String signature(String url, SortedMap<String, String> form) {
    StringBuilder signed = new StringBuilder(url);
    form.forEach((name, value) -> signed.append(name).append(value));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "TwilioStandInAccount[" + sid + "]";
  }

  private static String hex() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
