package io.eventagents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableKeyTests {

  @ParameterizedTest
  @ValueSource(strings = {"", "task-123", "Prüfung 😀", "sha-512:x"})
  void isTheTextItselfWhereThatIsShort(String text) {
    assertThat(StorableKey.of(text)).isEqualTo(new StorableKey(text, null));
  }

  @Test
  void leadsBackToAnyTextAndIsDifferentForEach() {
    List<String> texts =
        List.of(
            "a",
            "a\u0000",
            "a\ud800",
            "a\ue000",
            "a\ue0000000",
            "x".repeat(200),
            "x".repeat(201),
            "x".repeat(300_000) + "\u0000",
            "sha-256:",
            StorableKey.of("x".repeat(201)).key());
    Set<String> keys = new HashSet<>();

    assertThat(texts)
        .allSatisfy(
            text -> {
              StorableKey stored = StorableKey.of(text);
              assertThat(stored.original()).isEqualTo(text);
              assertThat(stored.key()).doesNotContain("\u0000").hasSizeLessThan(1_100);
              assertThat(keys.add(stored.key())).as("no other text has this key").isTrue();
            });
  }

  @Test
  void readsWhatWasStoredBefore() {
    assertThat(new StorableKey("Prüfung", null).original()).isEqualTo("Prüfung");
  }
}
