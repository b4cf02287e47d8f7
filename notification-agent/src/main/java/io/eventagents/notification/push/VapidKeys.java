package io.eventagents.notification.push;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import io.eventagents.InvalidSetting;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;

/** The keys that identify the sender to push services (RFC 8292), as key generators print them. */
final class VapidKeys {

  private static final String ADVICE =
      "Make a pair with 'npx web-push generate-vapid-keys' and set both.";

  private VapidKeys() {}

  /**
   * Reads them.
   *
   * @throws InvalidSetting if one is malformed, or they are not a pair
   */
  static VAPIDKeyPair of(String publicKey, String privateKey) {
    ECPublicKey ofBrowsers;
    ECPrivateKey own;
    try {
      ofBrowsers = PublicKeySources.ofUncompressedBytes(bytes(publicKey)).extract();
    } catch (RuntimeException malformed) {
      throw new InvalidSetting(
          "notification.web-push.vapid-public-key is not a P-256 key in base64url", ADVICE);
    }
    try {
      own = privateKey(bytes(privateKey));
    } catch (GeneralSecurityException | RuntimeException malformed) {
      // The cause is left out, as it could show the key.
      throw new InvalidSetting(
          "notification.web-push.vapid-private-key is not a P-256 key in base64url", ADVICE);
    }
    if (!isPair(ofBrowsers, own)) {
      throw new InvalidSetting(
          "notification.web-push.vapid-public-key and vapid-private-key are not a pair", ADVICE);
    }
    return VAPIDKeyPairs.of(
        PrivateKeySources.ofECPrivateKey(own), PublicKeySources.ofECPublicKey(ofBrowsers));
  }

  private static ECPrivateKey privateKey(byte[] scalar) throws GeneralSecurityException {
    if (scalar.length != 32) {
      throw new GeneralSecurityException("not 32 bytes");
    }
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return (ECPrivateKey)
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new ECPrivateKeySpec(
                    new BigInteger(1, scalar), curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static boolean isPair(ECPublicKey publicKey, ECPrivateKey privateKey) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(privateKey);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] bytes(String text) {
    return Base64.getUrlDecoder().decode(text.strip());
  }
}
