package io.eventagents.orchestrator.http;

import io.eventagents.Sha256;
import io.eventagents.StorableKey;
import io.eventagents.http.InvalidRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a request that a command needs.
 *
 * @param body the body as received; empty if there is none
 * @param repeat identifies repeats of the request; null without an {@code Idempotency-Key}
 * @param precondition the state that the change was made for
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, and never compared.
record CommandRequest(byte[] body, @Nullable Repeat repeat, Precondition precondition) {

  /** A key in quotes, as the IETF draft wants it, or without, as most clients write it. */
  private static final Pattern KEY =
      Pattern.compile("\"[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}\"|[\\x21\\x23-\\x7e]{1,200}");

  /**
   * Identifies repeats of a request.
   *
   * @param caller the user who sent it, as a key of the database; empty without a login
   * @param key the {@code Idempotency-Key}
   * @param digest of method, path and body
   */
  @SuppressWarnings("ArrayRecordComponent") // Goes to the database, and is never compared here.
  record Repeat(String caller, String key, byte[] digest) {}

  /**
   * Reads the headers.
   *
   * @throws InvalidRequest if one of them is malformed
   */
  static CommandRequest of(HttpServletRequest request, byte[] body) {
    return new CommandRequest(
        body, repeat(request, body), Precondition.of(lines(request, "If-Match")));
  }

  private static @Nullable Repeat repeat(HttpServletRequest request, byte[] body) {
    List<String> keys = lines(request, IdempotencyKeys.HEADER);
    if (keys.isEmpty()) {
      return null;
    }
    String key = keys.getFirst().strip();
    if (keys.size() > 1 || !KEY.matcher(key).matches()) {
      throw new InvalidRequest(
          IdempotencyKeys.HEADER,
          "must be one key of 1 to 200 visible ASCII characters, such as a UUID");
    }
    Principal caller = request.getUserPrincipal();
    return new Repeat(
        // An identity provider may use names that the database cannot store as a key.
        caller == null ? "" : StorableKey.of(caller.getName()).key(),
        key.startsWith("\"") ? key.substring(1, key.length() - 1) : key,
        Sha256.of(
            (request.getMethod() + ' ' + request.getRequestURI() + '\n')
                .getBytes(StandardCharsets.UTF_8),
            body));
  }

  private static List<String> lines(HttpServletRequest request, String header) {
    return Collections.list(request.getHeaders(header));
  }
}
