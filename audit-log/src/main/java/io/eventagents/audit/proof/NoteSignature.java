package io.eventagents.audit.proof;

import java.util.Base64;
import java.util.HexFormat;

/**
 * A signature of a note.
 *
 * @param name the name of the key
 * @param keyId the first four bytes of the key's hash, in hexadecimal
 * @param bytes the signature itself
 */
@SuppressWarnings("ArrayRecordComponent") // Only verified, never compared.
public record NoteSignature(String name, String keyId, byte[] bytes) {

  static final int KEY_ID_BYTES = 4;

  private static final int ED25519_BYTES = 64;

  private static final String PREFIX = "\u2014 ";

  /** Whether a line of a note is one. */
  static boolean isOne(String line) {
    return line.startsWith(PREFIX);
  }

  static NoteSignature parse(String line) throws MalformedNote {
    int space = line.lastIndexOf(' ');
    if (!isOne(line) || space <= PREFIX.length()) {
      throw new MalformedNote(
          "expected a signature such as '\u2014 NAME BASE64', got '" + line + "'");
    }
    try {
      byte[] signed = Base64.getDecoder().decode(line.substring(space + 1));
      if (signed.length <= KEY_ID_BYTES) {
        throw new MalformedNote("expected more bytes in the signature '" + line + "'");
      }
      byte[] bytes = new byte[signed.length - KEY_ID_BYTES];
      System.arraycopy(signed, KEY_ID_BYTES, bytes, 0, bytes.length);
      return new NoteSignature(
          line.substring(PREFIX.length(), space),
          HexFormat.of().formatHex(signed, 0, KEY_ID_BYTES),
          bytes);
    } catch (IllegalArgumentException e) {
      throw new MalformedNote("expected Base64 in the signature '" + line + "'", e);
    }
  }

  /** Whether nothing of it was cut off. */
  boolean isWhole() {
    return bytes.length == ED25519_BYTES;
  }

  String line() {
    byte[] id = HexFormat.of().parseHex(keyId);
    byte[] signed = new byte[id.length + bytes.length];
    System.arraycopy(id, 0, signed, 0, id.length);
    System.arraycopy(bytes, 0, signed, id.length, bytes.length);
    return PREFIX + name + " " + Base64.getEncoder().encodeToString(signed);
  }
}
