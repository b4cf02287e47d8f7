package io.eventagents.audit.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Lines of consecutive records, whole but for the hashes that chain them: only those have to wait
 * for the line before, so that all else can be done ahead of it. Not thread-safe.
 */
final class LineBlock {

  private static final int PLACES = 5;

  private final LineBuffer lines;

  /** Of each line: where it starts, its head ends, its digest is, its gap is, and its gap ends. */
  private int[] places = new int[PLACES * 512];

  private int count;

  LineBlock(int capacity) {
    lines = new LineBuffer(capacity);
  }

  /** To write lines to, each followed by {@link #ended}. */
  LineBuffer lines() {
    return lines;
  }

  void clear() {
    lines.clear();
    count = 0;
  }

  /** How many lines it has. */
  int count() {
    return count;
  }

  /** Bytes of its lines. */
  int length() {
    return lines.length();
  }

  /** Where its last line starts. */
  int lastLine() {
    return places[PLACES * (count - 1)];
  }

  /**
   * A line is written but for its hash, for which {@link LineWriter#CHAIN_AT} behind its gap there
   * is room.
   */
  void ended(int start, int headEnd, int digest, int gap, int gapEnd) {
    int at = PLACES * count++;
    if (at == places.length) {
      places = Arrays.copyOf(places, 2 * places.length);
    }
    places[at] = start;
    places[at + 1] = headEnd;
    places[at + 2] = digest;
    places[at + 3] = gap;
    places[at + 4] = gapEnd;
  }

  /** Chains the lines to the one before them. */
  ByteBuffer chained(LineChain chain) {
    for (int at = 0; at < PLACES * count; at += PLACES) {
      int gapEnd = places[at + 4];
      lines.chain(
          chain,
          places[at],
          places[at + 1],
          places[at + 2],
          places[at + 3],
          gapEnd,
          gapEnd + LineWriter.CHAIN_AT);
    }
    return lines.content();
  }
}
