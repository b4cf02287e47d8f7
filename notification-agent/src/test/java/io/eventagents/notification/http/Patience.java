package io.eventagents.notification.http;

import io.eventagents.notification.setting.ChannelTimeouts;
import java.time.Duration;

/** How long a test waits for a stand-in. */
public record Patience(Duration connectTimeout, Duration readTimeout) implements ChannelTimeouts {

  public static Patience ofSeconds(int connect, int read) {
    return new Patience(Duration.ofSeconds(connect), Duration.ofSeconds(read));
  }
}
