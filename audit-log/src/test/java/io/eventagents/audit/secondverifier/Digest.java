package io.eventagents.audit.secondverifier;

/**
 * What proves the payload (section "Digest, gap and chain").
 *
 * @param salt null in an erased line
 * @param bytes the payload as it came, null unless the line has it
 * @param erased the id of the erasure, null if there was none
 */
@SuppressWarnings("ArrayRecordComponent")
record Digest(String salt, String sha256, byte[] bytes, String erased) {

  static final String BEGIN = ",\"payload_digest\":{";

  /** Reads a digest that has to end where the bytes end. */
  static Digest read(byte[] line, int from, int end) throws FormException {
    Cursor cursor = new Cursor(line, from, end);
    cursor.expect(BEGIN);
    Digest digest = cursor.startsWith("\"salt\":") ? readProof(cursor) : readErased(cursor);
    cursor.expectEnd("the end of payload_digest, then gap or chain");
    return digest;
  }

  private static Digest readProof(Cursor cursor) throws FormException {
    cursor.expect("\"salt\":\"");
    String salt = cursor.hex(32);
    cursor.expect("\",\"sha256\":\"");
    String sha256 = cursor.hex(64);
    cursor.expect("\"");
    byte[] bytes = cursor.take(",\"bytes\":\"") ? cursor.base64ToQuote() : null;
    cursor.expect("}");
    return new Digest(salt, sha256, bytes, null);
  }

  private static Digest readErased(Cursor cursor) throws FormException {
    cursor.expect("\"sha256\":\"");
    String sha256 = cursor.hex(64);
    cursor.expect("\",\"erased\":");
    String erased = cursor.string();
    cursor.expect("}");
    cursor.skipSpaces();
    return new Digest(null, sha256, null, erased);
  }
}
