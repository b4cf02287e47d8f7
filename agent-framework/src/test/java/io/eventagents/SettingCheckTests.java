package io.eventagents;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class SettingCheckTests {

  private static final String NAME = "invoices.poll-interval";

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.000999999S", "PT-0.0005S", "PT-1S"})
  void refusesATimeThatIsNoMillisecond(Duration time) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingCheck.atLeastAMillisecond(NAME, time))
        .withMessage("invoices.poll-interval is %s; it must be at least PT0.001S", time);
  }

  @Test
  void refusesWhatIsLessThanTheLeast() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingCheck.atLeast(NAME, Duration.ofMillis(999), Duration.ofSeconds(1)))
        .withMessage("invoices.poll-interval is PT0.999S; it must be at least PT1S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingCheck.notNegative(NAME, Duration.ofNanos(-1)))
        .withMessage("invoices.poll-interval is PT-0.000000001S; it must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingCheck.atLeastOne("invoices.threads", 0))
        .withMessage("invoices.threads is 0; it must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingCheck.atLeastAByte("invoices.batch", DataSize.ofBytes(0)))
        .withMessage("invoices.batch is 0B; it must be at least 1B");
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://x, 'invoices.url must be an https or http address without user and query'",
    "https://ann:secret@x, 'invoices.url must be an https or http address without user and query'",
    "https://x/?token=secret, 'invoices.url must be an https or http address without user and query'",
    "x, 'invoices.url must be an https or http address without user and query'",
    "'https://a b', 'invoices.url is not an address: Illegal character in authority at index 9'"
  })
  void refusesWhatIsNoAddressOfAServer(String address, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingCheck.address("invoices.url", address))
        .withMessage(message);
  }

  @Test
  void takesTheLeast() {
    assertThatNoException()
        .isThrownBy(
            () -> {
              SettingCheck.atLeastAMillisecond(NAME, Duration.ofMillis(1));
              SettingCheck.atLeast(NAME, Duration.ofSeconds(1), Duration.ofSeconds(1));
              SettingCheck.notNegative(NAME, Duration.ZERO);
              SettingCheck.atLeastOne("invoices.threads", 1);
              SettingCheck.atLeastAByte("invoices.batch", DataSize.ofBytes(1));
              SettingCheck.address("invoices.url", "http://127.0.0.1:8080/invoices");
            });
  }
}
