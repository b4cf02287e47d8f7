package io.eventagents.notification.channel;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * How many messages a channel sends in a time, such as {@code 10/s}, {@code 100/m}, {@code 1000/h}
 * or {@code 1/5s}.
 */
public record RateLimit(long messages, Duration period) {

  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})/([0-9]{0,6})([smhd])");

  public RateLimit {
    if (messages < 1 || !period.isPositive()) {
      throw new IllegalArgumentException(
          "A rate limit of %d in %s lets nothing through; use one such as 10/s"
              .formatted(messages, period));
    }
  }

  /** Reads a setting; Spring calls this method. */
  public static RateLimit valueOf(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a rate limit; use one such as 10/s, 100/m, 1000/h or 1/5s".formatted(text));
    }
    String units = matcher.group(2).isEmpty() ? "1" : matcher.group(2);
    return new RateLimit(
        Long.parseLong(matcher.group(1)), DurationStyle.SIMPLE.parse(units + matcher.group(3)));
  }
}
