package io.eventagents.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of what every application does for HTTP.
 *
 * @param maxBody the largest request body that is read; a larger one is answered 413
 * @param refuseCrossSite whether a browser's request that changes something is refused where a page
 *     of another origin sent it; turn it off only where something else looks after it
 * @param contentSecurityPolicy the {@code Content-Security-Policy} of every response that sets none
 *     of its own
 */
@ConfigurationProperties("event-agents.web")
record WebSettings(
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("true") boolean refuseCrossSite,
    @DefaultValue(STRICT) String contentSecurityPolicy) {

  /** Nothing from elsewhere, nothing inline, no frames. */
  static final String STRICT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /**
   * @throws IllegalArgumentException where the largest body is not positive
   */
  public WebSettings {
    if (maxBody.toBytes() <= 0) {
      throw new IllegalArgumentException(
          "event-agents.web.max-body must be more than 0 bytes, but is " + maxBody);
    }
  }
}
