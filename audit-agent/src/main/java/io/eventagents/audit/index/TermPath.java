package io.eventagents.audit.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names that lead to the current place in JSON, as the beginnings of the hashes of the fields
 * that they name. Entering a level costs only its own name, however long the path to it is. Not
 * thread-safe.
 */
final class TermPath {

  /** Longs per level: {@link #whole}, {@link #leaf}, and flags that say which of them exist. */
  private static final int WIDTH = 3;

  private static final long HAS_WHOLE = 1;
  private static final long HAS_LEAF = 2;

  /** The values of the levels around this one. */
  private long[] levels = new long[16 * WIDTH];

  private int used;

  /** The hash of all names, joined by dots. */
  private long whole = Terms.fields();

  /** The hash of the text behind the last dot. */
  private long leaf;

  private long there;

  /** Enters a value; null for an element of an array, which has the name of the array. */
  void enter(@Nullable String name) {
    if (used == levels.length) {
      levels = Arrays.copyOf(levels, 2 * used);
    }
    levels[used++] = whole;
    levels[used++] = leaf;
    levels[used++] = there;
    if (name != null) {
      add(name);
    }
  }

  /** Leaves it. */
  void leave() {
    there = levels[--used];
    leaf = levels[--used];
    whole = levels[--used];
  }

  /** Whether any name leads here. */
  boolean hasWhole() {
    return (there & HAS_WHOLE) != 0;
  }

  /** Whether there is more than one name, so that the last one alone is another path. */
  boolean hasLeaf() {
    return (there & HAS_LEAF) != 0;
  }

  /** The beginning of the hash of the field that all names lead to. */
  long whole() {
    return whole;
  }

  /** The same for its last name alone. */
  long leaf() {
    return leaf;
  }

  private void add(String name) {
    boolean joined = hasWhole();
    // A name may have dots of its own.
    int dot = name.lastIndexOf('.');
    whole = Terms.named(joined ? Terms.named(whole, ".", 0) : whole, name, 0);
    if (joined || dot >= 0) {
      leaf = Terms.named(Terms.fields(), name, dot + 1);
      there = HAS_WHOLE | HAS_LEAF;
    } else if (!name.isEmpty()) {
      there = HAS_WHOLE;
    }
  }
}
