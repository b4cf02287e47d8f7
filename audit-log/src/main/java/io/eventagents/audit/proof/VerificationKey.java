package io.eventagents.audit.proof;

import io.eventagents.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The public half of a key that signs checkpoints: an Ed25519 key and the name it signs under.
 * Written {@code <name>+<key id>+<base64>}, as C2SP's signed-note has it.
 */
public final class VerificationKey {

  /** What a {@code SubjectPublicKeyInfo} of an Ed25519 key starts with (RFC 8410). */
  private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int KEY_BYTES = 32;
  private static final byte ED25519 = 1;
  private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String PEM_END = "-----END PUBLIC KEY-----";

  private final String name;
  private final byte[] bytes;
  private final PublicKey key;
  private final String id;

  private VerificationKey(String name, byte[] bytes) throws MalformedNote {
    this.name = name;
    this.bytes = bytes;
    this.id = id(name, bytes);
    try {
      byte[] encoded = Arrays.copyOf(X509, X509.length + KEY_BYTES);
      System.arraycopy(bytes, 0, encoded, X509.length, KEY_BYTES);
      this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new MalformedNote("expected the 32 bytes of an Ed25519 public key", e);
    }
  }

  static VerificationKey of(String name, PublicKey key) {
    try {
      byte[] encoded = key.getEncoded();
      return new VerificationKey(
          name, Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    } catch (MalformedNote e) {
      throw new IllegalStateException("An Ed25519 key was expected", e);
    }
  }

  /**
   * Reads a key as it is written.
   *
   * @throws MalformedNote if it is none, or its id is not its own
   */
  public static VerificationKey parse(String written) throws MalformedNote {
    String text = written.strip();
    int second = text.indexOf('+', text.indexOf('+') + 1);
    int first = text.indexOf('+');
    if (first < 1 || second < 0) {
      throw new MalformedNote("expected a key such as NAME+ID+BASE64, got '" + text + "'");
    }
    byte[] typed;
    try {
      typed = Base64.getDecoder().decode(text.substring(second + 1));
    } catch (IllegalArgumentException e) {
      throw new MalformedNote("expected Base64 at the end of the key '" + text + "'", e);
    }
    if (typed.length != KEY_BYTES + 1 || typed[0] != ED25519) {
      throw new MalformedNote("expected an Ed25519 key, got '" + text + "'");
    }
    VerificationKey key =
        new VerificationKey(text.substring(0, first), Arrays.copyOfRange(typed, 1, typed.length));
    if (!key.id.equals(text.substring(first + 1, second))) {
      throw new MalformedNote(
          "expected the id " + key.id + " in the key '" + text + "': it was altered");
    }
    return key;
  }

  /**
   * Reads a key from a file: as it is written, or as PEM.
   *
   * @param nameForPem the name of a key in PEM, which has none
   * @throws MalformedNote if it holds neither
   */
  public static VerificationKey read(Path file, String nameForPem)
      throws IOException, MalformedNote {
    // Whatever bytes there are: what is no text is no key.
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    if (!text.startsWith(PEM_BEGIN)) {
      return parse(text);
    }
    try {
      byte[] encoded =
          Base64.getMimeDecoder().decode(text.substring(PEM_BEGIN.length(), text.indexOf(PEM_END)));
      if (encoded.length != X509.length + KEY_BYTES
          || !Arrays.equals(encoded, 0, X509.length, X509, 0, X509.length)) {
        throw new MalformedNote("expected an Ed25519 public key in " + file);
      }
      return new VerificationKey(
          nameForPem, Arrays.copyOfRange(encoded, X509.length, encoded.length));
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new MalformedNote("expected a public key as PEM in " + file, e);
    }
  }

  /** What it signs under. */
  public String name() {
    return name;
  }

  /** The first four bytes of its hash, in hexadecimal. */
  public String id() {
    return id;
  }

  /** The key as PEM, as OpenSSL reads it. */
  public String pem() {
    return PEM_BEGIN
        + "\n"
        + Base64.getEncoder().encodeToString(key.getEncoded())
        + "\n"
        + PEM_END
        + "\n";
  }

  boolean isOf(NoteSignature signature) {
    return signature.name().equals(name) && signature.keyId().equals(id);
  }

  boolean verifies(String text, byte[] signature) {
    try {
      Signature verification = Signature.getInstance("Ed25519");
      verification.initVerify(key);
      verification.update(text.getBytes(StandardCharsets.UTF_8));
      return verification.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerificationKey that
        && that.name.equals(name)
        && Arrays.equals(that.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** The key as it is written. */
  @Override
  public String toString() {
    byte[] typed = new byte[KEY_BYTES + 1];
    typed[0] = ED25519;
    System.arraycopy(bytes, 0, typed, 1, KEY_BYTES);
    return name + "+" + id + "+" + Base64.getEncoder().encodeToString(typed);
  }

  private static String id(String name, byte[] bytes) {
    byte[] digest =
        Sha256.of((name + "\n").getBytes(StandardCharsets.UTF_8), new byte[] {ED25519}, bytes);
    return HexFormat.of().formatHex(digest, 0, NoteSignature.KEY_ID_BYTES);
  }
}
