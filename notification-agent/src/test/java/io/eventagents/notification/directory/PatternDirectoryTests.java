package io.eventagents.notification.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternDirectoryTests {

  @Test
  void makesAnAddressOfAnId() {
    assertThat(directory("{owner_id}@company.com").find("user-456"))
        .map(Recipient::email)
        .contains("user-456@company.com");
  }

  @Test
  void takesAddressesAsOwnersIfThePatternSaysSo() {
    assertThat(directory("{owner_id}").find("ann.b@example.com"))
        .map(Recipient::email)
        .contains("ann.b@example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a@evil.com",
        "a@evil.com,b",
        "evil.com>\r\nRCPT TO:<b",
        "Ann <ann",
        "..",
        "ann.",
        "\"ann\"",
        "größe"
      })
  void knowsNobodyWhoseIdMakesNoAddress(String ownerId) {
    assertThat(directory("{owner_id}@company.com").find(ownerId)).isEmpty();
  }

  private static PatternDirectory directory(String pattern) {
    return new PatternDirectory(pattern);
  }
}
