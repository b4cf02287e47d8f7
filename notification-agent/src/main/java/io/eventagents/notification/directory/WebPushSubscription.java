package io.eventagents.notification.directory;

/**
 * Where a browser receives pushes, from its {@code PushSubscription}.
 *
 * @param endpoint the push service's URL of this browser; anybody who has it and the server's key
 *     can push
 * @param p256dh the browser's public key, base64url
 * @param auth the shared secret, base64url
 */
public record WebPushSubscription(String endpoint, String p256dh, String auth) {

  /** Without the values, which are secrets of the browser. */
  @Override
  public String toString() {
    return "WebPushSubscription";
  }
}
