package io.eventagents.audit.secondverifier;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public half of a key that signs: {@code <name>+<id>+<Base64>} (section "Checkpoints", "A
 * key").
 */
record VerifierKey(String text, String name, String id, PublicKey key) {

  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int KEY_LENGTH = 33;
  private static final int SIGNATURE_LENGTH = 68;
  private static final int ID_LENGTH = 4;

  /** Reads a key as {@code signing-key.pub} has it, without a line feed. */
  static Optional<VerifierKey> parse(String text) {
    String[] parts = text.split("\\+", 3);
    if (parts.length != 3 || parts[0].isEmpty()) {
      return Optional.empty();
    }
    return Base64Text.decode(parts[2])
        .flatMap(bytes -> of(parts[0], bytes))
        .filter(key -> key.text.equals(text));
  }

  /** Reads a key as notes or as PEM have it; PEM has no name, that of the log counts. */
  static Optional<VerifierKey> parse(String text, String logName) {
    String stripped = text.strip();
    String begin = "-----BEGIN PUBLIC KEY-----";
    String end = "-----END PUBLIC KEY-----";
    if (!stripped.startsWith(begin)
        || !stripped.endsWith(end)
        || stripped.length() < begin.length() + end.length()) {
      return parse(stripped);
    }
    return ofPem(stripped.substring(begin.length(), stripped.length() - end.length()), logName);
  }

  private static Optional<VerifierKey> ofPem(String base64, String logName) {
    byte[] der = Base64Text.decode(base64.replaceAll("[\r\n]", "")).orElse(new byte[0]);
    if (der.length != X509.length + KEY_LENGTH - 1 || !Bytes.isAt(der, 0, der.length, X509)) {
      return Optional.empty();
    }
    byte[] bytes = Arrays.copyOfRange(der, X509.length - 1, der.length);
    bytes[0] = 1;
    return of(logName, bytes);
  }

  /** A key of its name and 33 bytes: a byte 1 and the 32 of the Ed25519 public key. */
  private static Optional<VerifierKey> of(String name, byte[] bytes) {
    if (bytes.length != KEY_LENGTH || bytes[0] != 1) {
      return Optional.empty();
    }
    byte[] der = Arrays.copyOf(X509, X509.length + KEY_LENGTH - 1);
    System.arraycopy(bytes, 1, der, X509.length, KEY_LENGTH - 1);
    String id = id(name, bytes);
    String text = name + "+" + id + "+" + Base64.getEncoder().encodeToString(bytes);
    try {
      PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der));
      return Optional.of(new VerifierKey(text, name, id, key));
    } catch (GeneralSecurityException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static String id(String name, byte[] bytes) {
    var sha256 = Hashes.sha256();
    sha256.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    return Hashes.hex(Arrays.copyOf(sha256.digest(bytes), ID_LENGTH));
  }

  /**
   * Whether one of the note's signatures is of this key: its name and four bytes are the key's, and
   * the key verifies it.
   */
  boolean signed(Note note) {
    return note.signatures().stream()
        .anyMatch(signature -> isMine(signature) && verifies(note, signature));
  }

  private boolean isMine(Note.Signature signature) {
    return signature.name().equals(name)
        && signature.bytes().length == SIGNATURE_LENGTH
        && Hashes.hex(Arrays.copyOf(signature.bytes(), ID_LENGTH)).equals(id);
  }

  private boolean verifies(Note note, Note.Signature signature) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(key);
      ed25519.update(note.text().getBytes(StandardCharsets.UTF_8));
      return ed25519.verify(signature.bytes(), ID_LENGTH, SIGNATURE_LENGTH - ID_LENGTH);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }
}
