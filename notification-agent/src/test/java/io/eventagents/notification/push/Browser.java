package io.eventagents.notification.push;

import io.eventagents.notification.directory.WebPushSubscription;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser that subscribed. It decrypts pushes by RFC 8291, without a library. */
final class Browser {

  private final ECPrivateKey key;
  private final byte[] publicKey;
  private final byte[] auth;

  Browser(ECPrivateKey key, byte[] publicKey, byte[] auth) {
    this.key = key;
    this.publicKey = publicKey;
    this.auth = auth;
  }

  static Browser subscribed() {
    KeyPair pair = keys();
    return new Browser(
        (ECPrivateKey) pair.getPrivate(),
        uncompressed((ECPublicKey) pair.getPublic()),
        "0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
  }

  WebPushSubscription at(String endpoint) {
    return new WebPushSubscription(endpoint, base64(publicKey), base64(auth));
  }

  String decrypt(byte[] body) {
    try {
      ByteBuffer in = ByteBuffer.wrap(body);
      byte[] salt = take(in, 16);
      in.getInt();
      byte[] sender = take(in, in.get());
      byte[] secret =
          hmac(
              hmac(auth, agreed(sender)),
              "WebPush: info\0".getBytes(StandardCharsets.US_ASCII),
              publicKey,
              sender,
              new byte[] {1});
      byte[] random = hmac(salt, secret);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(expanded(random, "Content-Encoding: aes128gcm\0", 16), "AES"),
          new GCMParameterSpec(128, expanded(random, "Content-Encoding: nonce\0", 12)));
      byte[] padded = cipher.doFinal(take(in, in.remaining()));
      int end = padded.length - 1;
      while (padded[end] == 0) {
        end--;
      }
      if (padded[end] != 2) {
        throw new IllegalArgumentException("no last record");
      }
      return new String(padded, 0, end, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private byte[] agreed(byte[] sender) throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(key);
    agreement.doPhase(publicKey(sender), true);
    return agreement.generateSecret();
  }

  private static byte[] expanded(byte[] random, String info, int length)
      throws GeneralSecurityException {
    return Arrays.copyOf(
        hmac(random, info.getBytes(StandardCharsets.US_ASCII), new byte[] {1}), length);
  }

  private static byte[] hmac(byte[] key, byte[]... texts) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (byte[] text : texts) {
      mac.update(text);
    }
    return mac.doFinal();
  }

  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static ECPublicKey publicKey(byte[] uncompressed) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(
                    new ECPoint(
                        new BigInteger(1, Arrays.copyOfRange(uncompressed, 1, 33)),
                        new BigInteger(1, Arrays.copyOfRange(uncompressed, 33, 65))),
                    curve.getParameterSpec(ECParameterSpec.class)));
  }

  static byte[] uncompressed(ECPublicKey key) {
    return ByteBuffer.allocate(65)
        .put((byte) 4)
        .put(fixed(key.getW().getAffineX()))
        .put(fixed(key.getW().getAffineY()))
        .array();
  }

  static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return fixed;
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
