package io.eventagents;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Checks the value of a setting as it is bound. What it throws fails the start, and its message
 * says which setting has which value, and what it must be.
 *
 * <pre>{@code
 * @ConfigurationProperties("invoices")
 * record InvoiceProperties(@DefaultValue("1m") Duration pollInterval) {
 *
 *   InvoiceProperties {
 *     SettingCheck.atLeastAMillisecond("invoices.poll-interval", pollInterval);
 *   }
 * }
 * }</pre>
 *
 * <p>If several settings contradict each other after they are bound, throw {@link InvalidSetting}.
 */
public final class SettingCheck {

  private SettingCheck() {}

  /**
   * Checks a time that a client, a server or a loop counts in milliseconds. Less becomes 0, which
   * many of them take for no limit, and a loop for no pause.
   *
   * @throws IllegalArgumentException if it is less than a millisecond
   */
  public static void atLeastAMillisecond(String setting, Duration value) {
    atLeast(setting, value, Duration.ofMillis(1));
  }

  /**
   * Checks a time that is counted in larger units.
   *
   * @throws IllegalArgumentException if it is less than the least
   */
  public static void atLeast(String setting, Duration value, Duration least) {
    require(value.compareTo(least) >= 0, setting, value, "must be at least " + least);
  }

  /**
   * Checks a time that may be zero.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static void notNegative(String setting, Duration value) {
    require(!value.isNegative(), setting, value, "must not be negative");
  }

  /**
   * Checks a number.
   *
   * @throws IllegalArgumentException if it is less than one
   */
  public static void atLeastOne(String setting, long value) {
    require(value >= 1, setting, value, "must be at least 1");
  }

  /**
   * Checks a size.
   *
   * @throws IllegalArgumentException if it is less than one byte
   */
  public static void atLeastAByte(String setting, DataSize value) {
    require(value.toBytes() >= 1, setting, value, "must be at least 1B");
  }

  /**
   * Checks the address of a server. The message leaves it out: a user or a query may be secret.
   *
   * @throws IllegalArgumentException if it is no http or https address, or has a user or a query
   */
  public static void address(String setting, String value) {
    URI address;
    try {
      address = new URI(value);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "%s is not an address: %s at index %d".formatted(setting, e.getReason(), e.getIndex()));
    }
    if (address.getHost() == null
        || address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || !("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
      throw new IllegalArgumentException(
          "%s must be an https or http address without user and query".formatted(setting));
    }
  }

  private static void require(boolean holds, String setting, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("%s is %s; it %s".formatted(setting, value, rule));
    }
  }
}
