package io.eventagents.notification.http;

import io.eventagents.notification.setting.ChannelMisconfigured;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.http.client.InetAddressFilter;

/** Looks at the start where a URL leads; every call looks again. */
public final class PublicTarget {

  private static final Logger log = LoggerFactory.getLogger(PublicTarget.class);

  private PublicTarget() {}

  /**
   * Checks it.
   *
   * @param setting whose value the URL is
   * @param permission the setting that allows private addresses
   * @throws ChannelMisconfigured where no address is a public one
   */
  public static void check(String setting, URI url, String permission) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(url.getHost());
    } catch (UnknownHostException e) {
      // Perhaps there is no name service yet: the calls will tell.
      log.warn("The host of {} cannot be looked up now: {}", setting, e.getMessage());
      return;
    }
    if (Arrays.stream(addresses).noneMatch(InetAddressFilter.externalAddresses()::matches)) {
      throw new ChannelMisconfigured(
          "%s leads to a loopback, link-local or private address".formatted(setting),
          "Set %s to a public URL, or %s to true.".formatted(setting, permission));
    }
  }
}
