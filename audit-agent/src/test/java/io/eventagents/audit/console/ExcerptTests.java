package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTests {

  @Test
  void staysReadableHoweverDeepTheJsonIs() {
    String json = "[".repeat(8000) + "]".repeat(8000);

    Excerpt excerpt = Excerpt.json(json);

    assertThat(excerpt.text().length()).isLessThan(100 * json.length());
    assertThat(excerpt.text().replaceAll("\\s", "")).isEqualTo(json);
  }

  @Test
  void shortensASentenceBetweenCharacters() {
    assertThat(Excerpt.sentence("a".repeat(1000))).isEqualTo("a".repeat(1000));
    assertThat(Excerpt.sentence("a".repeat(1001))).isEqualTo("a".repeat(1000) + "…");
    assertThat(Excerpt.sentence("a".repeat(999) + "😀!")).isEqualTo("a".repeat(999) + "…");
  }
}
