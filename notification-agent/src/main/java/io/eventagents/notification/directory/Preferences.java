package io.eventagents.notification.directory;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a recipient wants.
 *
 * @param channels the channels that they want messages on; null for every channel that reaches them
 * @param quietHours when they want no messages
 * @param digests the channels on which messages are collected
 */
public record Preferences(
    @Nullable Set<String> channels,
    @Nullable QuietHours quietHours,
    Map<String, DigestTimes> digests) {

  /** Every channel, at once. */
  public static final Preferences NONE = new Preferences(null, null, Map.of());

  public Preferences {
    channels = channels == null ? null : Set.copyOf(channels);
    digests = Map.copyOf(digests);
  }

  /** Whether they want messages on this channel. */
  public boolean wants(String channel) {
    return channels == null || channels.contains(channel);
  }

  /** Whether they named this channel, so that it is a failure if it cannot reach them. */
  public boolean names(String channel) {
    return channels != null && channels.contains(channel);
  }

  /** Whether messages on this channel are collected. */
  public boolean collects(String channel) {
    return digests.containsKey(channel);
  }

  /**
   * When a message that is due now is sent on this channel.
   *
   * @param zone the recipient's
   * @return empty if at once
   */
  public Optional<Instant> sendAt(String channel, Instant now, ZoneId zone) {
    DigestTimes digest = digests.get(channel);
    if (digest == null) {
      return quietUntil(now, zone);
    }
    Instant at = digest.next(now, zone);
    return Optional.of(quietUntil(at, zone).orElse(at));
  }

  /** When the present quiet hours end; empty if there are none now. */
  public Optional<Instant> quietUntil(Instant now, ZoneId zone) {
    return quietHours == null ? Optional.empty() : quietHours.endOf(now, zone);
  }
}
