package io.eventagents.web;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Reports a wrong password before the client learns of it. Otherwise the client's next attempt
 * could be checked first.
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
