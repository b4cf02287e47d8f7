package io.eventagents.audit.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** An Ed25519 key that signs notes. Thread-safe. */
final class SigningKey {

  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String PEM_END = "-----END PRIVATE KEY-----";

  private final PrivateKey key;
  private final VerificationKey verification;

  private SigningKey(PrivateKey key, VerificationKey verification) {
    this.key = key;
    this.verification = verification;
  }

  /** A new one. */
  static SigningKey make(String name) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKey(pair.getPrivate(), VerificationKey.of(name, pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform since 15 has Ed25519", e);
    }
  }

  /**
   * Reads a key from PEM, as {@code openssl genpkey -algorithm ed25519} writes it.
   *
   * @throws MalformedNote if the file holds something else
   */
  static SigningKey read(Path file, String name) throws IOException, MalformedNote {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    int begin = text.indexOf(PEM_BEGIN);
    int end = text.indexOf(PEM_END);
    if (begin < 0 || end < begin) {
      throw new MalformedNote("expected '" + PEM_BEGIN + "' (PKCS#8, not encrypted)");
    }
    try {
      byte[] encoded =
          Base64.getMimeDecoder().decode(text.substring(begin + PEM_BEGIN.length(), end));
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new SigningKey(key, VerificationKey.of(name, publicHalf((EdECPrivateKey) key)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new MalformedNote("expected an Ed25519 private key", e);
    }
  }

  VerificationKey verification() {
    return verification;
  }

  /** The text, signed by these keys, this one first. */
  SignedNote sign(String text, SigningKey... others) {
    List<NoteSignature> signatures = new ArrayList<>();
    signatures.add(signature(text));
    for (SigningKey other : others) {
      signatures.add(other.signature(text));
    }
    return new SignedNote(text, signatures);
  }

  String pem() {
    return PEM_BEGIN
        + "\n"
        + Base64.getEncoder().encodeToString(key.getEncoded())
        + "\n"
        + PEM_END
        + "\n";
  }

  /** Never the key itself. */
  @Override
  public String toString() {
    return "signing key " + verification.id();
  }

  private NoteSignature signature(String text) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return new NoteSignature(verification.name(), verification.id(), signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("An Ed25519 key signs anything", e);
    }
  }

  /**
   * The JDK makes the public half only together with a private one, from 32 random bytes: here they
   * are those of the key.
   */
  private static PublicKey publicHalf(EdECPrivateKey key)
      throws GeneralSecurityException, MalformedNote {
    byte[] seed =
        key.getBytes().orElseThrow(() -> new MalformedNote("expected a key that can be read"));
    KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
    generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
    KeyPair pair = generator.generateKeyPair();
    if (!(pair.getPrivate() instanceof EdECPrivateKey made)
        || !HexFormat.of()
            .formatHex(made.getBytes().orElseThrow())
            .equals(HexFormat.of().formatHex(seed))) {
      throw new GeneralSecurityException("This Java makes Ed25519 keys in another way");
    }
    return pair.getPublic();
  }

  private static final class Seed extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final byte[] seed;

    Seed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
