package io.eventagents.scheduling.caldav;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A calendar on a server.
 *
 * @param address its address; ends with a slash
 * @param username null if the server asks for none
 * @param password null if the server asks for none
 */
public record CalDavCollection(URI address, @Nullable String username, @Nullable String password) {

  /** The address of an object. */
  URI object(String name) {
    return address.resolve(name);
  }

  /** The value of the {@code Authorization} header. */
  Optional<String> authorization() {
    return username == null || password == null
        ? Optional.empty()
        : Optional.of(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return address.toString();
  }
}
