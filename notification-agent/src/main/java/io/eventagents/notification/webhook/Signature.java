package io.eventagents.notification.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.eventagents.InvalidSetting;
import java.util.List;
import java.util.stream.Collectors;

/** Signs requests with each of the secrets. Thread-safe. */
final class Signature {

  /**
   * The length of the shortest secret in characters. The specification requires at least 24 bytes.
   */
  private static final int SHORTEST = 32;

  private final List<Webhook> secrets;

  Signature(List<String> secrets) {
    this.secrets = secrets.stream().map(Signature::secret).toList();
  }

  private static Webhook secret(String text) {
    String secret = text.strip();
    try {
      if (secret.startsWith("whsec_") && secret.length() >= "whsec_".length() + SHORTEST) {
        return new Webhook(secret);
      }
    } catch (EmptyWebhookSecretException | IllegalArgumentException malformed) {
      // The message below does not show the secret.
    }
    throw new InvalidSetting(
        "notification.webhook.secrets has one that is not a Standard Webhooks secret",
        "Use 'whsec_' followed by 24 to 64 random bytes in base64: openssl rand -base64 32.");
  }

  /** The value of the header {@code webhook-signature}. */
  String of(String id, long timestamp, String body) {
    return secrets.stream()
        .map(
            secret -> {
              try {
                return secret.sign(id, timestamp, body);
              } catch (WebhookSigningException e) {
                throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
              }
            })
        .collect(Collectors.joining(" "));
  }
}
