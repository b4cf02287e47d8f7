package io.eventagents.audit.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the terms of a JSON value: each text, number and boolean in it, by itself and with its
 * field, and the words of texts. It does not recurse, because JSON may be nested to any depth.
 */
final class TermsReader {

  /** A record has at most this many terms; more would make its index larger than the record. */
  static final int MOST = 4096;

  /** Words behind this many characters of a text are not found; the whole text is. */
  static final int LONGEST_TEXT = 16 * 1024;

  private final JsonParser parser;
  private final TermPath path = new TermPath();
  private long[] hashes = new long[32];
  private int count;

  TermsReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads the value at which the parser is, to its last token. */
  Terms read() {
    @Nullable String name = null;
    int depth = 0;
    JsonToken token = parser.currentToken();
    while (token != null) {
      switch (token) {
        case START_OBJECT, START_ARRAY -> {
          path.enter(name);
          name = null;
          depth++;
        }
        case END_OBJECT, END_ARRAY -> {
          path.leave();
          depth--;
        }
        case PROPERTY_NAME -> name = parser.currentName();
        case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
          if (count < MOST) {
            value(name, token == JsonToken.VALUE_STRING);
          }
          name = null;
        }
        default -> name = null; // Null is no value, and there is nothing else in JSON.
      }
      if (depth == 0) {
        break;
      }
      token = parser.nextToken();
    }
    return Terms.of(hashes, count);
  }

  private void value(@Nullable String name, boolean isText) {
    String value = parser.getString();
    add(Terms.value(value));
    // Elements of an array have the name of the array.
    path.enter(name);
    if (path.hasWhole()) {
      add(Terms.field(path.whole(), value));
    }
    if (path.hasLeaf()) {
      add(Terms.field(path.leaf(), value));
    }
    path.leave();
    if (isText) {
      words(value);
    }
  }

  private void words(String text) {
    int end = Math.min(text.length(), LONGEST_TEXT);
    Words words = new Words(text, end);
    while (count < MOST && words.next()) {
      if (words.from() > 0 || words.to() < text.length()) {
        add(Terms.value(text, words.from(), words.to()));
      }
    }
  }

  private void add(long hash) {
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    hashes[count++] = hash;
  }
}
