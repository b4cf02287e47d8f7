package io.eventagents.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * A refused request, for the security log. No text of a stranger is longer than a line or looks
 * like another line.
 *
 * @param credentials what the client sent to prove itself
 * @param user the name of the user that it claimed to be; null if none
 * @param address where it comes from
 * @param method the HTTP method
 * @param path the path
 * @param status the answer's status
 * @param reason why; null if the credentials are not the reason
 */
record RefusedRequest(
    Credential credentials,
    @Nullable String user,
    String address,
    String method,
    String path,
    int status,
    @Nullable String reason) {

  private static final String REASON = RefusedRequest.class.getName() + ".reason";
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_PATH = 200;
  private static final String BASIC = "basic ";
  private static final String BEARER = "bearer ";

  /** What a client can send to prove itself. */
  enum Credential {
    NONE,
    PASSWORD,
    TOKEN;

    /** The credentials of this request. */
    static Credential in(HttpServletRequest request) {
      String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
      if (authorization == null) {
        return NONE;
      }
      if (begins(authorization, BASIC)) {
        return PASSWORD;
      }
      return begins(authorization, BEARER) ? TOKEN : NONE;
    }

    private static boolean begins(String authorization, String scheme) {
      return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    /** As a tag of a meter. */
    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Remembers why a request is refused, for the log. */
  static void reason(HttpServletRequest request, @Nullable String reason) {
    request.setAttribute(REASON, reason);
  }

  static RefusedRequest of(HttpServletRequest request, Credential credentials, int status) {
    Object reason = request.getAttribute(REASON);
    return new RefusedRequest(
        credentials,
        credentials == Credential.PASSWORD ? user(request) : null,
        printable(String.valueOf(request.getRemoteAddr()), LONGEST_NAME),
        printable(request.getMethod(), LONGEST_NAME),
        printable(request.getRequestURI(), LONGEST_PATH),
        status,
        reason == null ? null : printable(reason.toString(), LONGEST_PATH));
  }

  private static @Nullable String user(HttpServletRequest request) {
    String encoded = request.getHeader(HttpHeaders.AUTHORIZATION).substring(BASIC.length()).strip();
    try {
      String pair =
          new String(Base64.getDecoder().decode(encoded), java.nio.charset.StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? null : printable(pair.substring(0, colon), LONGEST_NAME);
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Keeps ASCII letters and signs, and escapes everything else. */
  private static String printable(String text, int longest) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (line.length() >= longest) {
        return line.append("...").toString();
      }
      char c = text.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        line.append(c);
      } else {
        line.append("\\u").append(String.format(Locale.ROOT, "%04x", (int) c));
      }
    }
    return line.toString();
  }
}
