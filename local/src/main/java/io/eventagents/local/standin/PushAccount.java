package io.eventagents.local.standin;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service account that sends push notifications; each start has a new one.
 *
 * @param key the key that it signs with
 */
record PushAccount(KeyPair key) {

  static final String PROJECT = "local";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String EMAIL = "sender@local.iam.gserviceaccount.com";
  private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";

  static PushAccount generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return new PushAccount(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has RSA", e);
    }
  }

  /**
   * The account's file, as Google's console exports it.
   *
   * @param tokenUrl the endpoint for its access tokens
   */
  String file(String tokenUrl) {
    String key =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(this.key.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return JSON.writeValueAsString(
        Map.of(
            "type", "service_account",
            "project_id", PROJECT,
            "private_key_id", "local",
            "private_key", key,
            "client_email", EMAIL,
            "client_id", "1",
            "token_uri", tokenUrl));
  }

  /**
   * Whether the account signed an assertion (RFC 7523) for push notifications that is valid now.
   */
  boolean signed(String assertion, Instant now) {
    String[] parts = assertion.split("\\.", -1);
    if (parts.length != 3) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && claims.path("iss").asString("").equals(EMAIL)
          && claims.path("scope").asString("").equals(SCOPE)
          && claims.path("exp").asLong(0) > now.getEpochSecond();
    } catch (GeneralSecurityException | IllegalArgumentException | JacksonException malformed) {
      return false;
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "PushAccount[" + EMAIL + "]";
  }
}
