package io.eventagents.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.eventagents.DependencyUnavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTests {

  @ParameterizedTest
  @CsvSource({"10/s, 10, PT1S", "100/m, 100, PT1M", "1000/h, 1000, PT1H", "1/5s, 1, PT5S"})
  void isWrittenAsMessagesInATime(String text, long messages, Duration period) {
    assertThat(RateLimit.valueOf(text)).isEqualTo(new RateLimit(messages, period));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "fast", "10/y", "-1/s", "0/s", "1/0s", "10 per second"})
  void isNothingElse(String text) {
    assertThatThrownBy(() -> RateLimit.valueOf(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("use one such as 10/s");
  }

  @Test
  void pacesTheChannel() {
    AtomicInteger sent = new AtomicInteger();
    PacedChannel channel = paced(sent, "20/s");
    long start = System.nanoTime();
    for (int n = 0; n < 30; n++) {
      channel.send(Messages.to("+4930123456"));
    }

    // Twenty at once, the others one by one.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(450));
    assertThat(sent).hasValue(30);
  }

  @Test
  void pausesTheAgentIfTheWaitIsLong() {
    AtomicInteger sent = new AtomicInteger();
    PacedChannel channel = paced(sent, "1/h");
    channel.send(Messages.to("+4930123456"));

    assertThatThrownBy(() -> channel.send(Messages.to("+4930123456")))
        .asInstanceOf(type(DependencyUnavailable.class))
        .satisfies(
            pause -> {
              assertThat(pause.dependency()).isEqualTo("notification.pigeon.rate-limit");
              assertThat(pause.retryAfter().orElseThrow())
                  .isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
            });
    assertThat(sent).hasValue(1);
  }

  private static PacedChannel paced(AtomicInteger sent, String limit) {
    return new PacedChannel(
        new ChannelAgentTests.Pigeon(
            message -> {
              sent.incrementAndGet();
              return new SentMessage(message.address(), null);
            }),
        RateLimit.valueOf(limit));
  }
}
