package io.eventagents.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Tells of a wrong password before the client learns that it was wrong, or its next attempt could
 * be looked at first.
 */
final class AttemptResponse extends HttpServletResponseWrapper {

  private final Runnable wrong;
  private boolean told;

  AttemptResponse(HttpServletResponse response, Runnable wrong) {
    super(response);
    this.wrong = wrong;
  }

  @Override
  public void setStatus(int status) {
    tell(status);
    super.setStatus(status);
  }

  @Override
  public void sendError(int status) throws IOException {
    tell(status);
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    tell(status);
    super.sendError(status, message);
  }

  private void tell(int status) {
    if (status == SC_UNAUTHORIZED && !told) {
      told = true;
      wrong.run();
    }
  }
}
