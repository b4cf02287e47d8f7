package io.eventagents.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Keeps slow bodies from holding threads, while they are read and after the answer. */
final class BodyValve extends ValveBase {

  private final BodyPatience patience;
  private final Lingering lingering;

  BodyValve(BodyPatience patience, Lingering lingering) {
    super(true);
    this.patience = patience;
    this.lingering = lingering;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    org.apache.coyote.Request coyote = request.getCoyoteRequest();
    if (new BodySource(coyote).isFinished()) {
      getNext().invoke(request, response);
      return;
    }
    TimedBody body = new TimedBody(coyote, patience);
    coyote.setInputBuffer(body);
    try {
      getNext().invoke(request, response);
    } finally {
      body.leave(coyote);
    }
    if (!request.isAsync()) {
      response.finishResponse();
      lingering.end(coyote);
    }
  }
}
