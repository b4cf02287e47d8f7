package io.eventagents.notification.http;

import io.eventagents.InvalidSetting;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.http.client.InetAddressFilter;

/** Checks at the start where a URL leads. Every call checks again. */
public final class PublicTarget {

  private static final Logger log = LoggerFactory.getLogger(PublicTarget.class);

  private PublicTarget() {}

  /**
   * Checks the URL.
   *
   * @param setting the setting with the URL
   * @param permission the setting that allows private addresses
   * @throws InvalidSetting if no address is public
   */
  public static void check(String setting, URI url, String permission) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(url.getHost());
    } catch (UnknownHostException e) {
      // The name service may not be up yet. The calls will show.
      log.warn("The host of {} cannot be looked up now: {}", setting, e.getMessage());
      return;
    }
    if (Arrays.stream(addresses).noneMatch(InetAddressFilter.externalAddresses()::matches)) {
      throw new InvalidSetting(
          "%s leads to a loopback, link-local or private address".formatted(setting),
          "Set %s to a public URL, or %s to true.".formatted(setting, permission));
    }
  }
}
