package io.eventagents.audit.log;

import io.eventagents.Sha256;
import java.util.Arrays;

/**
 * The hash that ties each line to all lines before it. It covers the digest of the payload instead
 * of the payload, so that a payload can be erased and the chain stands. Not thread-safe.
 */
public final class LineChain {

  /** Characters of a hash. */
  public static final int LENGTH = 64;

  private final LineHash hash = new LineHash();

  /** The last hash in hexadecimal, and a line feed. */
  private final byte[] last = new byte[LENGTH + 1];

  /** What is hashed, in one piece: a hash of many short pieces takes twice the time. */
  private byte[] hashed = new byte[1024];

  /**
   * @param chain the last hash; see {@link #start}
   */
  public LineChain(String chain) {
    last[LENGTH] = '\n';
    reset(chain);
  }

  /**
   * What the first line of a log is chained to.
   *
   * @param logId the text in {@code log.id}, without its line feed
   */
  public static String start(String logId) {
    return Sha256.hex(logId);
  }

  /** Goes on from this hash. */
  public void reset(String chain) {
    if (chain.length() != LENGTH) {
      throw new IllegalArgumentException("Expected 64 hexadecimal digits, got '" + chain + "'");
    }
    System.arraycopy(ByteText.ascii(chain), 0, last, 0, LENGTH);
  }

  /** Goes on from the hash that stands there. */
  public void reset(byte[] bytes, int at) {
    System.arraycopy(bytes, at, last, 0, LENGTH);
  }

  /** The last hash. */
  public String chain() {
    return ByteText.text(last, 0, LENGTH);
  }

  /** Whether the last hash stands there. */
  public boolean isAt(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + LENGTH, last, 0, LENGTH);
  }

  /**
   * Takes a line into the chain.
   *
   * @param bytes hold the line
   * @param from where it starts
   * @param headEnd where its head ends: where the payload's key starts
   * @param digest where the 64 digits of the payload's digest start
   * @param gap where the JSON of its gap starts
   * @param gapEnd where that ends; the same if the line has none
   */
  public void take(byte[] bytes, int from, int headEnd, int digest, int gap, int gapEnd) {
    int head = headEnd - from;
    int gapLength = gapEnd - gap;
    int length = last.length + head + 1 + LENGTH + 1 + gapLength + 1;
    if (length > hashed.length) {
      hashed = new byte[Math.max(length, 2 * hashed.length)];
    }
    System.arraycopy(last, 0, hashed, 0, last.length);
    int at = last.length;
    at = append(bytes, from, head, at);
    at = append(bytes, digest, LENGTH, at);
    append(bytes, gap, gapLength, at);
    hash.update(hashed, 0, length);
    hash.write(last, 0);
  }

  /** Writes the last hash there. */
  void write(byte[] bytes, int at) {
    System.arraycopy(last, 0, bytes, at, LENGTH);
  }

  /** Adds a line of what is hashed. */
  private int append(byte[] bytes, int from, int count, int at) {
    System.arraycopy(bytes, from, hashed, at, count);
    hashed[at + count] = '\n';
    return at + count + 1;
  }
}
