package io.eventagents.http;

import java.security.Principal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.util.ClassUtils;

/**
 * Who sends a request.
 *
 * <pre>{@code
 * Caller caller = Caller.of(request.getUserPrincipal());
 * if (!caller.has("refund")) {
 *   throw Problems.of(HttpStatus.FORBIDDEN, "A refund needs the right 'refund'.");
 * }
 * }</pre>
 *
 * <p>It does not need Spring Security; without it, nobody has a right. Immutable.
 *
 * @param name the name that is kept and shown; {@code anonymous} if there is none
 * @param principal who logged in; null if nobody did
 */
public record Caller(String name, @Nullable Principal principal) {

  /** The caller who logged in as this user, if any. */
  public static Caller of(@Nullable Principal user) {
    String name = user == null ? null : user.getName();
    return new Caller(name == null ? "anonymous" : name, user);
  }

  /** Whether nobody logged in. An application may take that for use on one's own machine. */
  public boolean isAnonymous() {
    return principal == null;
  }

  /**
   * Whether the caller has a right.
   *
   * @param right a role, a scope or an authority
   */
  public boolean has(String right) {
    return principal != null && Granted.KNOWN && Granted.has(principal, right);
  }

  /** Loads classes of Spring Security, which not every application has. */
  private static final class Granted {

    private static final boolean KNOWN =
        ClassUtils.isPresent(
            "org.springframework.security.core.Authentication", Caller.class.getClassLoader());

    static boolean has(Principal principal, String right) {
      Set<String> names = Set.of(right, "ROLE_" + right, "SCOPE_" + right);
      return principal instanceof Authentication authentication
          && authentication.getAuthorities().stream()
              .map(GrantedAuthority::getAuthority)
              .anyMatch(authority -> authority != null && names.contains(authority));
    }
  }
}
