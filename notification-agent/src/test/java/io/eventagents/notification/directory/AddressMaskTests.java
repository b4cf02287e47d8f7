package io.eventagents.notification.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressMaskTests {

  @ParameterizedTest
  @CsvSource({
    "+4930123456, 21211 Invalid 'To' Phone Number: +4930123456, 21211 Invalid 'To' Phone Number: [address]",
    "+4930123456, tel:4930123456 and +4930123456., tel:[address] and [address].",
    "+4930123456, 21610 Attempt to send to unsubscribed recipient, 21610 Attempt to send to unsubscribed recipient",
    "kim@company.com, smtp; 550 5.1.1 <Kim@COMPANY.com>: unknown, smtp; 550 5.1.1 <[address]>: unknown",
    "kim@company.com, 550 kim... No such user, 550 [address]... No such user",
    "kim@company.com, 550 kim@mail.company.com is unknown, 550 [address]@mail.company.com is unknown",
    "kim@company.com, 550 kimono is no user, 550 kimono is no user",
    "no@company.com, 550 no such user no@company.com, 550 no such user [address]",
    "U012AB, Slack refused the post: user_not_found, Slack refused the post: user_not_found",
    "https://push.example/secret, https://push.example/secret is gone, [address] is gone"
  })
  void leavesTheAddressOut(String address, String text, String expected) {
    assertThat(AddressMask.in(text, address)).isEqualTo(expected);
  }

  @Test
  void takesAnyText() {
    assertThat(AddressMask.in("", "kim@company.com")).isEmpty();
    assertThat(AddressMask.in("gone", "")).isEqualTo("gone");
    assertThat(AddressMask.in("a+b", "+")).isEqualTo("a[address]b");
  }
}
