package io.eventagents.notification.push;

import io.eventagents.notification.http.StandIn;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A push service (RFC 8030) that accepts pushes signed with the key that browsers subscribed with.
 */
final class PushService extends StandIn {

  static final String SUBSCRIPTION = "/push/subscription-1";
  static final String GONE = "/push/subscription-gone";
  static final String AWAY = "/push/subscription-away";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LARGEST = 4_096;

  private final Browser browser;
  private final String vapidKey;
  private final Clock clock;
  private final List<String> received = new CopyOnWriteArrayList<>();

  /** Whether it serves one subscription only, for now. */
  volatile boolean away;

  PushService(Browser browser, String vapidKey, Clock clock) {
    this.browser = browser;
    this.vapidKey = vapidKey;
    this.clock = clock;
  }

  /** The pushes that the browser decrypted. */
  List<String> received() {
    return received;
  }

  @Override
  protected Reply answer(Request request) {
    String authorization = request.header("Authorization");
    if (!authorization.startsWith("vapid t=")) {
      return new Reply(401, "missing VAPID");
    }
    String[] parts = authorization.substring("vapid t=".length()).split(", k=");
    if (!isToken(parts[0], parts[1])) {
      return new Reply(401, "invalid or expired JWT");
    }
    if (!parts[1].equals(vapidKey)) {
      return new Reply(403, "VAPID public key mismatch");
    }
    if (away && !request.path().equals(SUBSCRIPTION)) {
      return new Reply(503, "");
    }
    if (request.path().equals(AWAY)) {
      return new Reply(503, "");
    }
    if (request.path().equals(GONE)) {
      return new Reply(410, "push subscription has unsubscribed or expired");
    }
    if (!request.path().equals(SUBSCRIPTION)) {
      return new Reply(404, "");
    }
    if (!request.header("TTL").matches("[0-9]+")
        || !request.header("Content-Encoding").equals("aes128gcm")) {
      return new Reply(400, "missing TTL or Content-Encoding");
    }
    if (request.body().length > LARGEST) {
      return new Reply(413, "payload too large");
    }
    received.add(browser.decrypt(request.body()));
    return new Reply(201, Map.of("Location", url("/message/m-" + received.size())), "");
  }

  /** RFC 8292: signed by the key, for this origin, for a day at most. */
  private boolean isToken(String token, String key) {
    String[] parts = token.split("\\.");
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    long now = clock.instant().getEpochSecond();
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initVerify(Browser.publicKey(Base64.getUrlDecoder().decode(key)));
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
          && claims.path("aud").asString("").equals(url(""))
          && claims.path("sub").asString("").startsWith("mailto:")
          && claims.path("exp").asLong() > now
          && claims.path("exp").asLong() <= now + 86_400;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
