package io.eventagents.notification.directory;

import io.eventagents.Sha256;
import java.time.Instant;

/**
 * An address that does not exist any more, as a provider said.
 *
 * @param channel the channel's name
 * @param digest the address as SHA-256 in hexadecimal digits, as it may be a secret
 * @param reason what the provider said, without the address
 * @param since when it said so last
 */
public record GoneAddress(String channel, String digest, String reason, Instant since) {

  static String digest(String address) {
    return Sha256.hex(address);
  }

  /** Whether this is the address. */
  public boolean is(String address) {
    return digest.equals(digest(address));
  }
}
