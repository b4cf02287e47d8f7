package io.eventagents.audit.console;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/**
 * Who looks at a page.
 *
 * @param name as actions are recorded
 * @param seesPersonal whether personal data are shown
 */
record Viewer(String name, boolean seesPersonal) {

  /** The role, scope or authority that lets somebody see personal data. */
  static final String RIGHT = "audit-personal";

  /** The attribute of a request that has the viewer: nothing in the request itself can make one. */
  static final String ATTRIBUTE = "io.eventagents.audit.console.Viewer";

  private static final Set<String> RIGHTS = Set.of(RIGHT, "ROLE_" + RIGHT, "SCOPE_" + RIGHT);

  /**
   * @param everybodySees whether those see personal data whom nobody was asked to name: on a
   *     machine of one's own
   */
  static Viewer of(HttpServletRequest request, boolean everybodySees) {
    Principal user = request.getUserPrincipal();
    if (user == null) {
      return new Viewer("anonymous", everybodySees);
    }
    boolean sees =
        user instanceof Authentication authentication
            && authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(authority -> authority != null && RIGHTS.contains(authority));
    return new Viewer(user.getName(), sees);
  }
}
