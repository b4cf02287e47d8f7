package io.eventagents.notification.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailStatusTests {

  @ParameterizedTest
  @CsvSource({
    "5.1.1, smtp; 450 4.1.1 wait, 5.1.1",
    "5.1.1 (bad address), , 5.1.1",
    "4.4.7, smtp; 554 5.4.7 expired, 4.4.7",
    "4.0.0, smtp; 554 blocked, 4.0.0",
    "5.0.0, smtp; 550 5.1.1 unknown, 5.1.1",
    "5.0.0, smtp; 550 no such user, 5.0.0",
    "550, 550 5.1.1 unknown, 5.1.1",
    "550, , 5.0.0",
    ", smtp; 550-5.1.1 unknown, 5.1.1",
    ", SMTP;550 #5.1.0 rejected, 5.1.0",
    ", '552 5.2.2 <a@b.example>... full', 5.2.2",
    ", 421 busy, 4.0.0",
    "failed, smtp; 550 no, 5.0.0",
    ", 550 4.4.7 expired, 5.0.0",
    "5.7.650, , 5.7.650"
  })
  void readsTheStatusThatSaysMost(String status, String diagnosis, String expected) {
    assertThat(MailStatus.of(status, diagnosis)).map(MailStatusTests::text).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x-unix; 550",
        "5",
        "5.1",
        "5.1.1234",
        "9.1.1",
        "5501",
        "unknown",
        "smtp;"
      })
  void findsNoneInOtherText(String text) {
    assertThat(MailStatus.of(text, text)).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.7.13"})
  void isOfTheAddressIfThereIsNoMailbox(String status) {
    assertThat(MailStatus.of(status, null))
        .hasValueSatisfying(read -> assertThat(read.isOfTheAddress()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5.0.0", "5.1.7", "5.1.8", "5.2.2", "5.2.3", "5.3.0", "5.4.4", "5.6.0", "5.7.1", "4.1.1",
        "4.2.1", "2.1.5"
      })
  void isNotOfTheAddressIfAnotherMailMayArrive(String status) {
    assertThat(MailStatus.of(status, null))
        .hasValueSatisfying(read -> assertThat(read.isOfTheAddress()).isFalse());
  }

  private static String text(MailStatus status) {
    return status.severity() + "." + status.subject() + "." + status.detail();
  }
}
