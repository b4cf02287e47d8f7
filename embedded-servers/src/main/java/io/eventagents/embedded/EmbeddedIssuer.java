package io.eventagents.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An issuer of tokens in this process, on loopback: OpenID Connect's discovery document, its key,
 * and JWTs signed with it (RS256).
 *
 * <pre>{@code
 * try (EmbeddedIssuer issuer = EmbeddedIssuer.start()) {
 *   properties.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer.uri());
 *   String authorization = "Bearer " + issuer.token("ann", "tasks");
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class EmbeddedIssuer implements AutoCloseable {

  private static final Duration LIFETIME = Duration.ofMinutes(5);
  private static final String KEY_ID = "1";

  private final HttpServer server;
  private final KeyPair key;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();

  private EmbeddedIssuer(HttpServer server, KeyPair key) {
    this.server = server;
    this.key = key;
  }

  /** One on a free port. */
  public static EmbeddedIssuer start() {
    return start(0);
  }

  /**
   * One on a port, with a key of its own.
   *
   * @throws RuntimeException if the port is taken
   */
  public static EmbeddedIssuer start(int port) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.orGiven(port));
      EmbeddedIssuer issuer =
          new EmbeddedIssuer(HttpServer.create(address, 0), generator.generateKeyPair());
      issuer.serve();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException("No issuer on port " + port, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What its tokens have as {@code iss}, and where its documents are found. */
  public String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** How often somebody asked for one of its documents. */
  public int requests() {
    return requests.get();
  }

  /** A token for a caller, good for five minutes. */
  public String token(String subject, String audience) {
    return token(Map.of("sub", subject, "aud", audience));
  }

  /**
   * A token with these claims, which are texts or numbers. They win over {@code iss}, {@code iat}
   * and {@code exp}, which every token has.
   */
  public String token(Map<String, Object> claims) {
    return tokenOf(KEY_ID, claims);
  }

  /** The same with the name of another key, although there is only one key. */
  public String tokenOf(String keyId, Map<String, Object> claims) {
    String signed = encoded("{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}") + "." + body(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update(signed.getBytes(UTF_8));
      return signed + "." + encoded(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same without a signature, {@code alg} none. */
  public String unsignedToken(Map<String, Object> claims) {
    return encoded("{\"alg\":\"none\"}") + "." + body(claims) + ".";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve() {
    server.setExecutor(threads);
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"subject_types_supported\":[\"public\"]}"
                    .formatted(uri(), uri())));
    RSAPublicKey publicKey = (RSAPublicKey) key.getPublic();
    server.createContext(
        "/keys",
        exchange ->
            answer(
                exchange,
                "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"%s\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                    .formatted(
                        KEY_ID,
                        encoded(unsigned(publicKey.getModulus().toByteArray())),
                        encoded(publicKey.getPublicExponent().toByteArray()))));
    server.start();
  }

  private void answer(HttpExchange exchange, String document) throws IOException {
    requests.incrementAndGet();
    byte[] body = document.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String body(Map<String, Object> claims) {
    Instant now = Instant.now();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("iss", uri());
    all.put("iat", now.getEpochSecond());
    all.put("exp", now.plus(LIFETIME).getEpochSecond());
    all.putAll(claims);
    StringBuilder json = new StringBuilder("{");
    all.forEach(
        (name, value) ->
            json.append(json.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":")
                .append(value instanceof Number ? value : "\"" + value + "\""));
    return encoded(json.append('}').toString());
  }

  /** Without the zero that keeps a modulus from being negative. */
  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
  }

  private static String encoded(String text) {
    return encoded(text.getBytes(UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
