package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactMaskTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no address in it                    | no address in it",
        "550 kim@company.com: unknown        | 550 ••••: unknown",
        "<kim@company.com>, 'sam@a.b'        | <••••>, '••••'",
        "to=kim.doe+x@company.com;           | ••••;",
        "call +49 (30) 123-456 or +1 5550009 | call •••• or ••••",
        "+49 30 123456kim@a.b                | ••••••••",
        "@ is no address, nor @a, nor a@     | @ is no address, nor @a, nor a@",
        "+1 and +12345 are no numbers        | +1 and +12345 are no numbers",
      })
  void masksAddressesAndNumbers(String text, String masked) {
    assertThat(ContactMask.in(text)).isEqualTo(masked);
  }

  @Test
  void masksWhatARegularExpressionWouldFind() {
    Pattern same = Pattern.compile("[^\\s<>\"',;:]+@[^\\s<>\"',;:]+|\\+\\d[\\d ()/-]{5,}\\d");
    Random random = new Random(42);
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(24); length > 0; length--) {
        text.append("a@@+12 (,\n-".charAt(random.nextInt(11)));
      }

      assertThat(ContactMask.in(text.toString()))
          .as("%s", text)
          .isEqualTo(same.matcher(text).replaceAll(PersonalView.MASK));
    }
  }
}
