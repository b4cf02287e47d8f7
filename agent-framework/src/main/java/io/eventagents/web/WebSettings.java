package io.eventagents.web;

import io.eventagents.SettingCheck;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * HTTP settings of every application.
 *
 * @param maxBody the largest request body that is read; a larger one is answered with 413
 * @param refuseCrossSite whether a browser's request that changes something is refused if a page of
 *     another origin sent it; turn it off only if something else checks this
 * @param contentSecurityPolicy the {@code Content-Security-Policy} of every response that sets none
 *     of its own
 * @param bodyTimeout how long a body may take in total, however slowly it arrives; then the answer
 *     is 408
 * @param headerTimeout how long a request line and headers may take in total; then the connection
 *     is closed
 * @param attempts how many wrong passwords a minute are checked
 */
@ConfigurationProperties("event-agents.web")
record WebSettings(
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("true") boolean refuseCrossSite,
    @DefaultValue(STRICT) String contentSecurityPolicy,
    @DefaultValue("30s") Duration bodyTimeout,
    @DefaultValue("20s") Duration headerTimeout,
    @DefaultValue AttemptLimits attempts) {

  /** Nothing from elsewhere, nothing inline, no frames. */
  static final String STRICT =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /**
   * @throws IllegalArgumentException if one of them is too small
   */
  public WebSettings {
    SettingCheck.atLeastAByte("event-agents.web.max-body", maxBody);
    SettingCheck.atLeastAMillisecond("event-agents.web.body-timeout", bodyTimeout);
    SettingCheck.atLeastAMillisecond("event-agents.web.header-timeout", headerTimeout);
  }

  /**
   * How many wrong passwords a minute are checked; further ones are answered with 429.
   *
   * @param perAddress those of one client, identified by its address
   * @param overall those of all clients whose addresses sent no right one within the last hour
   */
  record AttemptLimits(@DefaultValue("10") int perAddress, @DefaultValue("300") int overall) {

    /**
     * @throws IllegalArgumentException if one of them is not positive
     */
    public AttemptLimits {
      SettingCheck.atLeastOne("event-agents.web.attempts.per-address", perAddress);
      SettingCheck.atLeastOne("event-agents.web.attempts.overall", overall);
    }
  }
}
