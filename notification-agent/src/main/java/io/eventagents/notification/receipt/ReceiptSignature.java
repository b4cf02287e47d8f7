package io.eventagents.notification.receipt;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/** A signature that a provider made with its private key. */
final class ReceiptSignature {

  private ReceiptSignature() {}

  /** Whether it is the signature of these parts. A malformed one counts as wrong. */
  static boolean isValid(String algorithm, PublicKey key, String base64, byte[]... parts) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initVerify(key);
      for (byte[] part : parts) {
        signature.update(part);
      }
      return signature.verify(Base64.getDecoder().decode(base64));
    } catch (GeneralSecurityException | IllegalArgumentException malformed) {
      return false;
    }
  }
}
