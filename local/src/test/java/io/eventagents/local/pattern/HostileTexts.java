package io.eventagents.local.pattern;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Long texts that are known to break regular expressions. */
final class HostileTexts {

  private static final int LONG = 100_000;
  private static final int NEAR = 20_000;
  private static final int LONGEST_PART = 4;

  private static final List<String> PARTS =
      List.of(
          "a",
          "A",
          " ",
          "\t",
          "\n",
          "1",
          "-",
          "_",
          ".",
          ",",
          ";",
          ":",
          "@",
          "+",
          "/",
          "=",
          "\"",
          "'",
          "(",
          "[",
          "{",
          "{{",
          "a.",
          "a-",
          "a_",
          "-a",
          "a@",
          "1.",
          "+1",
          "1 ",
          " a",
          "a b",
          "aA",
          "((a",
          "\"a",
          "\\\"",
          "a\n",
          "\u00e9",
          "\ud83d\ude00",
          "\ud800",
          "\u0000");

  private HostileTexts() {}

  /** Texts for any expression. */
  static Stream<String> any() {
    return PARTS.stream()
        .flatMap(part -> Stream.of(filled(part, LONG), "a" + filled(part, LONG) + "!"));
  }

  /**
   * Texts that nearly match: in a matching text, each part in turn is repeated, with the rest, with
   * another end and without one.
   */
  static Stream<String> near(String matching) {
    Set<String> texts = new LinkedHashSet<>();
    for (int from = 0; from < matching.length(); from++) {
      for (int to = from + 1; to <= Math.min(from + LONGEST_PART, matching.length()); to++) {
        String begin = matching.substring(0, from) + filled(matching.substring(from, to), NEAR);
        texts.add(begin);
        texts.add(begin + "\u0000");
        texts.add(begin + matching.substring(to));
        texts.add(begin + matching.substring(to) + "!");
      }
    }
    return List.copyOf(texts).stream();
  }

  private static String filled(String part, int length) {
    return part.repeat(length / part.length());
  }

  /** The text in a short form for messages. */
  static String shortened(String text) {
    List<String> shown = new ArrayList<>();
    text.chars()
        .limit(24)
        .forEach(c -> shown.add(c < ' ' || c > '~' ? "\\u%04x".formatted(c) : "" + (char) c));
    return String.join("", shown) + "... (" + text.length() + " characters)";
  }
}
