package io.eventagents.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AttemptsTests {

  private final AtomicLong now = new AtomicLong();
  private final Attempts attempts = new Attempts(new WebSettings.AttemptLimits(10, 25), now::get);

  @Test
  void stopsListeningToAnAddressAndToNoOther() {
    fail("10.0.0.1", 10);

    assertThat(attempts.wait("10.0.0.1")).isPositive().isLessThan(Duration.ofSeconds(7));
    assertThat(attempts.wait("10.0.0.2")).isZero();
  }

  @Test
  void listensAgainByAndBy() {
    fail("10.0.0.1", 10);
    pass(Duration.ofSeconds(7));
    assertThat(attempts.wait("10.0.0.1")).isZero();

    fail("10.0.0.1", 1);
    assertThat(attempts.wait("10.0.0.1")).isPositive();

    pass(Duration.ofMinutes(1));
    fail("10.0.0.1", 9);
    assertThat(attempts.wait("10.0.0.1")).isZero();
  }

  @Test
  void hasALimitForAllTogetherThatTheKnownAreFreeOf() {
    attempts.succeeded("10.1.1.1");
    for (int i = 0; i < 25; i++) {
      fail("10.0.0." + i, 1);
    }

    assertThat(attempts.wait("10.2.2.2")).isPositive();
    assertThat(attempts.wait("10.1.1.1")).isZero();
    pass(Duration.ofHours(1));
    for (int i = 0; i < 25; i++) {
      fail("10.0.0." + i, 1);
    }
    assertThat(attempts.wait("10.1.1.1")).isPositive();
  }

  @Test
  void doesNotTrustAnAddressForEver() {
    attempts.succeeded("10.1.1.1");
    fail("10.1.1.1", 10);

    assertThat(attempts.wait("10.1.1.1")).isPositive();
  }

  @Test
  void takesANetworkOfIpv6ForOneClient() {
    for (int i = 0; i < 10; i++) {
      fail("2001:db8:1:2:0:0:0:" + i, 1);
    }

    assertThat(attempts.wait("2001:db8:1:2:ffff:0:0:1")).isPositive();
    assertThat(attempts.wait("2001:db8:1:3:0:0:0:1")).isZero();
  }

  @Test
  void remembersTenThousandAddresses() {
    Attempts many = new Attempts(new WebSettings.AttemptLimits(1, 1_000_000), now::get);
    for (int i = 0; i <= 10_000; i++) {
      many.failed("address-" + i);
    }

    assertThat(many.wait("address-0")).isZero();
    assertThat(many.wait("address-1")).isPositive();
  }

  private void fail(String address, int times) {
    for (int i = 0; i < times; i++) {
      attempts.failed(address);
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
