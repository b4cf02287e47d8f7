package io.eventagents.audit.index;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What a record is found by, apart from its ids: the values in its data, fields with their values,
 * the words of texts, and its topic, each as a hash of 64 bits that ignores case.
 *
 * <p>The hashes are stored in the database. If they are computed in another way, the index must be
 * made again.
 */
final class Terms {

  /** The terms of a record without any. */
  static final Terms NONE = new Terms(new long[0]);

  private static final long START = 0xcbf29ce484222325L;

  private static final char VALUE = 'v';
  private static final char FIELD = 'f';
  private static final char TOPIC = 't';

  private final long[] sorted;

  private Terms(long[] sorted) {
    this.sorted = sorted;
  }

  /** The terms with these hashes, in any order, some of them repeated. */
  static Terms of(long[] hashes, int count) {
    long[] sorted = Arrays.copyOf(hashes, count);
    Arrays.sort(sorted);
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return new Terms(distinct == count ? sorted : Arrays.copyOf(sorted, distinct));
  }

  /** These and one more. */
  Terms and(long hash) {
    long[] more = Arrays.copyOf(sorted, sorted.length + 1);
    more[sorted.length] = hash;
    return of(more, more.length);
  }

  /** The hash of a value or a word. */
  static long value(CharSequence text) {
    return hash(add(START, VALUE), text, 0, text.length());
  }

  static long value(CharSequence text, int from, int to) {
    return hash(add(START, VALUE), text, from, to);
  }

  /**
   * @param path the names that lead to the value, joined by dots
   */
  static long field(String path, CharSequence value) {
    return field(named(fields(), path, 0), value);
  }

  /**
   * The same, with a path that is hashed already.
   *
   * @param path what {@link #named} returned for its last name
   */
  static long field(long path, CharSequence value) {
    return hash(path, value, 0, value.length());
  }

  /** The hash of a path without names, to which the first name is added. */
  static long fields() {
    return add(START, FIELD);
  }

  /** The hash of a path with more of its text, starting at a character. */
  static long named(long path, String more, int from) {
    long hash = path;
    for (int i = from; i < more.length(); i++) {
      hash = add(hash, more.charAt(i));
    }
    return hash;
  }

  static long topic(String topic) {
    return hash(add(START, TOPIC), topic, 0, topic.length());
  }

  int count() {
    return sorted.length;
  }

  LongStream stream() {
    return Arrays.stream(sorted);
  }

  /** As PostgreSQL writes an array. */
  String text() {
    StringBuilder text = new StringBuilder(2 + 20 * sorted.length).append('{');
    for (int i = 0; i < sorted.length; i++) {
      text.append(i == 0 ? "" : ",").append(sorted[i]);
    }
    return text.append('}').toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Terms terms && Arrays.equals(sorted, terms.sorted);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return text();
  }

  /** FNV-1a over the characters, mixed as MurmurHash3 does at its end. */
  private static long hash(long path, CharSequence text, int from, int to) {
    long hash = add(path, '\0');
    for (int i = from; i < to; i++) {
      hash = add(hash, Character.toLowerCase(Character.toUpperCase(text.charAt(i))));
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    hash *= 0xc4ceb9fe1a85ec53L;
    return hash ^ (hash >>> 33);
  }

  private static long add(long hash, char c) {
    return (hash ^ c) * 0x100000001b3L;
  }
}
