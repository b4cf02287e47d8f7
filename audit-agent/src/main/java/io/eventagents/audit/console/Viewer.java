package io.eventagents.audit.console;

import io.eventagents.http.Caller;
import jakarta.servlet.http.HttpServletRequest;

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

  /**
   * @param everybodySees whether those see personal data whom nobody was asked to name: on a
   *     machine of one's own
   */
  static Viewer of(HttpServletRequest request, boolean everybodySees) {
    Caller caller = Caller.of(request.getUserPrincipal());
    return new Viewer(caller.name(), caller.isAnonymous() ? everybodySees : caller.has(RIGHT));
  }
}
