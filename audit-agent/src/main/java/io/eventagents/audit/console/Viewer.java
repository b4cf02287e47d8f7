package io.eventagents.audit.console;

import io.eventagents.http.Caller;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The viewer of a page.
 *
 * @param name the name under which actions are recorded
 * @param seesPersonal whether personal data are shown
 */
record Viewer(String name, boolean seesPersonal) {

  /** The role, scope or authority that shows personal data. */
  static final String RIGHT = "audit-personal";

  /** The attribute of a request that has the viewer. Nothing that a client sends can set it. */
  static final String ATTRIBUTE = "io.eventagents.audit.console.Viewer";

  /**
   * @param everybodySees whether viewers who did not have to log in see personal data, as on a
   *     machine of one's own
   */
  static Viewer of(HttpServletRequest request, boolean everybodySees) {
    Caller caller = Caller.of(request.getUserPrincipal());
    return new Viewer(caller.name(), caller.isAnonymous() ? everybodySees : caller.has(RIGHT));
  }
}
