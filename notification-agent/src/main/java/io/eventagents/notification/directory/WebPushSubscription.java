package io.eventagents.notification.directory;

/**
 * Where a browser takes pushes, as its {@code PushSubscription} says.
 *
 * @param endpoint the push service's URL of this browser; who has it and the server's key can push
 * @param p256dh the browser's public key, base64url
 * @param auth the shared secret, base64url
 */
public record WebPushSubscription(String endpoint, String p256dh, String auth) {

  /** Without what belongs to the browser alone. */
  @Override
  public String toString() {
    return "WebPushSubscription";
  }
}
