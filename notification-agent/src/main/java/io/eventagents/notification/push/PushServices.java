package io.eventagents.notification.push;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * The hosts of push services that are allowed.
 *
 * @param hosts {@code *.} stands for any subdomain
 */
record PushServices(List<String> hosts) {

  PushServices {
    hosts = hosts.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
  }

  boolean include(URI endpoint) {
    String host = endpoint.getHost();
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return hosts.stream()
        .anyMatch(
            allowed ->
                allowed.startsWith("*.")
                    ? name.endsWith(allowed.substring(1))
                    : name.equals(allowed));
  }
}
