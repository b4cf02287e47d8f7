package io.eventagents.audit.secondverifier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of the log in its parts (sections "A line", "Digest, gap and chain"). Each part is looked
 * for on its own, since a line counts with its head, gap and chain also if it is changed otherwise.
 */
final class LogLine {

  static final String EVENT = ",\"event\":";
  static final String RAW = ",\"raw\":";

  private static final byte[] CHAIN = Hashes.ascii(",\"chain\":\"");
  private static final int HEX_LENGTH = 64;
  private static final int CHAIN_LENGTH = CHAIN.length + HEX_LENGTH + 2;
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final byte[] NULL = Hashes.ascii("null");

  private final byte[] bytes;
  private FormException problem;
  private Head head;
  private int headEnd = -1;
  private int bodyEnd = -1;
  private int tailEnd;
  private Digest digest;
  private Gap gap;
  private String chain;
  private byte[] payload;
  private boolean framed;

  private LogLine(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Takes a line, without its LF, apart; never fails, see {@link #problem()}. */
  static LogLine read(byte[] bytes) {
    LogLine line = new LogLine(bytes);
    line.attempt(line::readHead);
    line.attempt(line::readEnd);
    line.attempt(line::findDigest);
    line.attempt(line::readGapAndDigest);
    line.framed = line.problem == null;
    if (line.framed) {
      line.attempt(line::readPayload);
    }
    return line;
  }

  /** What the end of a line says is its chain, whatever else is in it. */
  static Optional<String> chainOf(byte[] bytes) {
    int from = bytes.length - CHAIN_LENGTH;
    if (!Bytes.isAt(bytes, from, bytes.length, CHAIN) || !endsWith(bytes, "\"}")) {
      return Optional.empty();
    }
    String hex = new String(bytes, from + CHAIN.length, HEX_LENGTH, StandardCharsets.ISO_8859_1);
    return HEX.matcher(hex).matches() ? Optional.of(hex) : Optional.empty();
  }

  /** What the beginning of a line says is its time, whatever else is in it. */
  static Optional<Instant> loggedAtOf(byte[] bytes) {
    int from = Head.BEGIN.length();
    if (!Bytes.isAt(bytes, 0, bytes.length, Hashes.ascii(Head.BEGIN))
        || bytes.length < from + Head.TIME_LENGTH) {
      return Optional.empty();
    }
    return Times.ofLine(new String(bytes, from, Head.TIME_LENGTH, StandardCharsets.ISO_8859_1));
  }

  Optional<FormException> problem() {
    return Optional.ofNullable(problem);
  }

  /** Whether all but the payload has its form: only such a line counts for completeness. */
  boolean isFramed() {
    return framed;
  }

  Optional<Head> head() {
    return Optional.ofNullable(head);
  }

  Optional<Gap> gap() {
    return Optional.ofNullable(gap);
  }

  Optional<String> chain() {
    return Optional.ofNullable(chain);
  }

  Optional<Digest> digest() {
    return Optional.ofNullable(digest);
  }

  /** The JSON of {@code event}; only of a line in its form. */
  Optional<byte[]> event() {
    return isEvent()
        ? Optional.of(Arrays.copyOfRange(bytes, headEnd + EVENT.length(), bodyEnd))
        : Optional.empty();
  }

  /**
   * The digest that follows from salt and payload; only of a line in its form that is not erased.
   */
  String payloadDigest() {
    MessageDigest sha256 = Hashes.sha256();
    sha256.update(Hashes.ascii(digest.salt()));
    if (payload != null) {
      sha256.update(payload);
    }
    return Hashes.hex(sha256.digest());
  }

  /** The chain that follows from the line before, if the parts that it is made of are there. */
  Optional<String> chainAfter(String before) {
    if (headEnd < 0 || digest == null) {
      return Optional.empty();
    }
    MessageDigest sha256 = Hashes.sha256();
    sha256.update(Hashes.ascii(before + "\n"));
    sha256.update(bytes, 0, headEnd);
    sha256.update(
        Hashes.ascii("\n" + digest.sha256() + "\n" + (gap == null ? "" : gap.json()) + "\n"));
    return Optional.of(Hashes.hex(sha256.digest()));
  }

  private interface Step {
    void run() throws FormException;
  }

  private void attempt(Step step) {
    try {
      step.run();
    } catch (FormException e) {
      problem = problem == null ? e : problem;
    }
  }

  private void readHead() throws FormException {
    headEnd = firstValue();
    head = Head.read(bytes);
    headEnd = head.end();
  }

  private int firstValue() {
    int event = Bytes.first(bytes, 0, bytes.length, Hashes.ascii(EVENT));
    int raw = Bytes.first(bytes, 0, event < 0 ? bytes.length : event, Hashes.ascii(RAW));
    return raw < 0 ? event : raw;
  }

  private void readEnd() throws FormException {
    chain = chainOf(bytes).orElse(null);
    tailEnd = chain == null ? bytes.length - 1 : bytes.length - CHAIN_LENGTH;
    if (!endsWith(bytes, "}")) {
      throw new FormException("the end of the JSON object", bytes.length);
    }
  }

  private void findDigest() throws FormException {
    bodyEnd = Bytes.last(bytes, Math.max(headEnd, 0), tailEnd, Hashes.ascii(Digest.BEGIN));
    if (bodyEnd < 0) {
      throw new FormException(Digest.BEGIN, Math.max(tailEnd, 0));
    }
  }

  private void readGapAndDigest() throws FormException {
    if (bodyEnd < 0) {
      return;
    }
    int gapAt = Bytes.last(bytes, bodyEnd, tailEnd, Hashes.ascii(Gap.BEGIN));
    if (gapAt >= 0) {
      gap = Gap.read(bytes, gapAt, tailEnd);
    }
    digest = Digest.read(bytes, bodyEnd, gapAt < 0 ? tailEnd : gapAt);
  }

  private boolean isEvent() {
    return Bytes.isAt(bytes, headEnd, bodyEnd, Hashes.ascii(EVENT));
  }

  /** Section "event or raw", and what an erased line has instead (section "Erasure"). */
  private void readPayload() throws FormException {
    int from = headEnd + (isEvent() ? EVENT : RAW).length();
    byte[] value = Arrays.copyOfRange(bytes, Math.min(from, bodyEnd), bodyEnd);
    try {
      payload = payloadOf(value);
    } catch (FormException e) {
      throw new FormException(e.expected(), from + e.at());
    }
  }

  private byte[] payloadOf(byte[] value) throws FormException {
    if (digest.erased() != null) {
      return erasedPayload(value);
    }
    return isEvent() ? Payload.ofEvent(value, digest.bytes()) : rawPayload(value);
  }

  private byte[] erasedPayload(byte[] value) throws FormException {
    if (isEvent() || !Arrays.equals(value, NULL)) {
      throw new FormException("raw null in an erased line", 0);
    }
    return null;
  }

  private byte[] rawPayload(byte[] value) throws FormException {
    if (digest.bytes() != null) {
      throw new FormException("no bytes in payload_digest of a raw payload", 0);
    }
    return Arrays.equals(value, NULL) ? null : Payload.ofRaw(value);
  }

  private static boolean endsWith(byte[] bytes, String ascii) {
    return Bytes.isAt(bytes, bytes.length - ascii.length(), bytes.length, Hashes.ascii(ascii));
  }
}
