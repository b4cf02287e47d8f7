package io.eventagents.audit.log;

/**
 * The keys of a line, as they stand between its values: with the quotation mark that ends the value
 * before, and with the one that begins the value behind. They and their order are frozen; {@code
 * docs/audit-log.md} documents them.
 */
final class LineKeys {

  static final byte[] START = ByteText.ascii("{\"v\":1,\"logged_at\":\"");
  static final byte[] TOPIC = ByteText.ascii("\",\"topic\":\"");
  static final byte[] TOPIC_ID = ByteText.ascii("\",\"topic_id\":\"");
  static final byte[] PARTITION = ByteText.ascii("\",\"partition\":");
  static final byte[] OFFSET = ByteText.ascii(",\"offset\":");
  static final byte[] TIMESTAMP = ByteText.ascii(",\"timestamp\":");
  static final byte[] KEY = ByteText.ascii(",\"key\":");
  static final byte[] HEADERS = ByteText.ascii(",\"headers\":[");
  static final byte[] BREAK = ByteText.ascii(",\"break\":");
  static final byte[] EVENT = ByteText.ascii(",\"event\":");
  static final byte[] RAW = ByteText.ascii(",\"raw\":");
  static final byte[] PAYLOAD_DIGEST = ByteText.ascii(",\"payload_digest\":{");
  static final byte[] SALT = ByteText.ascii("\"salt\":\"");
  static final byte[] NEXT_SHA256 = ByteText.ascii("\",\"sha256\":\"");
  static final byte[] BYTES = ByteText.ascii("\",\"bytes\":\"");

  /** Where the payload was erased, and its salt with it. */
  static final byte[] SHA256 = ByteText.ascii("\"sha256\":\"");

  static final byte[] ERASED = ByteText.ascii("\",\"erased\":\"");
  static final byte[] GAP = ByteText.ascii(",\"gap\":");
  static final byte[] FROM = ByteText.ascii("{\"from\":");
  static final byte[] TO = ByteText.ascii(",\"to\":");
  static final byte[] BECAUSE = ByteText.ascii(",\"because\":\"");
  static final byte[] CHAIN = ByteText.ascii(",\"chain\":\"");

  /** Instead of a text, what is none. */
  static final byte[] BASE64 = ByteText.ascii("{\"base64\":\"");

  static final byte[] NULL = ByteText.ascii("null");

  /** Of an object whose last value is a text, the line itself among them. */
  static final byte[] END = ByteText.ascii("\"}");

  private LineKeys() {}
}
