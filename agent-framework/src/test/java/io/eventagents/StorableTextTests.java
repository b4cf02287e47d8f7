package io.eventagents;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Review quarterly report",
        "Grüße 😀",
        "line\nbreak\ttab",
        "sha-512:x",
        "\\u0000"
      })
  void leavesOrdinaryTextAsItIs(String text) {
    assertThat(StorableText.escape(text)).isSameAs(text);
    assertThat(StorableText.unescape(text)).isSameAs(text);
    assertThat(StorableText.replace(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "a\u0000b",
        "\ud800",
        "a\udc00",
        "\ud800\ud800\udc00",
        "\ud83d\ude00\u0000",
        "\ue000",
        "\ue0000000",
        "\ue000zzzz",
        "\ue000\u0000d800"
      })
  void returnsExactlyWhatWasEscaped(String text) {
    String stored = StorableText.escape(text);

    assertThat(stored).doesNotContain("\u0000");
    assertThat(stored.chars().filter(c -> c >= 0xD800 && c <= 0xDFFF).count())
        .isEqualTo(text.contains("\ud83d\ude00") || text.contains("\ud800\udc00") ? 2 : 0);
    assertThat(StorableText.unescape(stored)).isEqualTo(text);
  }

  @Test
  void leavesTextThatWasNeverEscapedAsItIs() {
    assertThat(StorableText.unescape("\ue000 of a font")).isEqualTo("\ue000 of a font");
    assertThat(StorableText.unescape("at the end \ue000" + "00")).isEqualTo("at the end \ue00000");
  }

  @Test
  void replacesWhatTheDatabaseRefuses() {
    assertThat(StorableText.replace("a\u0000b\ud800c😀")).isEqualTo("a\ufffdb\ufffdc😀");
  }

  @Test
  void takesShortPlainTextAsItsOwnKey() {
    String longest = "x".repeat(200);

    assertThat(StorableText.key("req-abc-123")).isEqualTo("req-abc-123");
    assertThat(StorableText.key(longest)).isEqualTo(longest);
  }

  @Test
  void givesAllOtherTextsKeysOfTheirOwn() {
    assertThat(StorableText.key("x".repeat(201))).startsWith("sha-256:").hasSize(72);
    assertThat(StorableText.key("a\u0000")).isNotEqualTo(StorableText.key("a\u0001"));
    assertThat(StorableText.key("\ud800")).isNotEqualTo(StorableText.key("\ud801"));
    assertThat(StorableText.key("sha-256:x")).isNotEqualTo("sha-256:x");
  }
}
