package io.eventagents.notification.channel;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.directory.Recipient;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A channel that keeps to a rate limit, in each instance. The event waits for its turn. If that
 * would take long, the agent pauses, so that nothing is lost and no batch takes too long.
 */
final class PacedChannel implements Channel {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Channel channel;
  private final Bucket bucket;

  PacedChannel(Channel channel, RateLimit limit) {
    this.channel = channel;
    this.bucket =
        Bucket.builder()
            .addLimit(
                bandwidth ->
                    bandwidth
                        .capacity(limit.messages())
                        .refillGreedy(limit.messages(), limit.period()))
            .build();
  }

  @Override
  public String name() {
    return channel.name();
  }

  @Override
  public Optional<String> addressOf(Recipient recipient) {
    return channel.addressOf(recipient);
  }

  @Override
  public boolean addressesPeople() {
    return channel.addressesPeople();
  }

  @Override
  public SentMessage send(OutgoingMessage message) {
    try {
      if (!bucket.asBlocking().tryConsume(1, LONGEST_WAIT)) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
          throw new DependencyUnavailable(
              "notification.%s.rate-limit".formatted(name()),
              Duration.ofMillis(
                  Math.max(1, TimeUnit.NANOSECONDS.toMillis(probe.getNanosToWaitForRefill()))),
              null);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DependencyUnavailable("notification.%s.rate-limit".formatted(name()), e);
    }
    return channel.send(message);
  }
}
