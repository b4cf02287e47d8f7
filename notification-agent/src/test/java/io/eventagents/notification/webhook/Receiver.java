package io.eventagents.notification.webhook;

import io.eventagents.notification.http.StandIn;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of webhooks that checks them by the specification, without a library. */
final class Receiver extends StandIn {

  private static final int LARGEST = 20_000;

  private final byte[] key;
  private final Clock clock;

  Receiver(String secret, Clock clock) {
    this.key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    this.clock = clock;
  }

  @Override
  protected Reply answer(Request request) {
    if (request.body().length > LARGEST) {
      return new Reply(413, "too large");
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(request.header("webhook-timestamp")));
    if (Duration.between(sent, clock.instant()).abs().compareTo(Duration.ofMinutes(5)) > 0) {
      return new Reply(401, "timestamp out of tolerance");
    }
    return List.of(request.header("webhook-signature").split(" ")).contains(signature(request))
        ? new Reply(204, "")
        : new Reply(401, "no matching signature");
  }

  private String signature(Request request) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update((request.header("webhook-id") + ".").getBytes(StandardCharsets.UTF_8));
      mac.update((request.header("webhook-timestamp") + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
