package io.eventagents.web;

import java.io.IOException;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A body that is not waited for without end. It stands where all read: the application, Spring, and
 * Tomcat itself, which takes forms and their parts apart.
 */
final class TimedBody implements InputBuffer {

  private final InputBuffer body;
  private final BodySource source;
  private final BodyPatience patience;

  /** Then some of it may be there, and yet nothing to read without waiting. */
  private final boolean chunked;

  private boolean placed;
  private long waited;

  TimedBody(Request request, BodyPatience patience) {
    this.body = request.getInputBuffer();
    this.source = new BodySource(request);
    this.chunked = request.getContentLengthLong() < 0;
    this.patience = patience;
  }

  @Override
  public int doRead(ApplicationBufferHandler handler) throws IOException {
    if (source.isFinished() || (!chunked && source.hasMore())) {
      return body.doRead(handler);
    }
    patience.check(waited);
    if (!placed) {
      placed = patience.takePlace();
    }
    long begin = System.nanoTime();
    try {
      if (!placed && chunked) {
        patience.awaitPlace();
        placed = true;
      } else if (!placed) {
        patience.awaitWithoutPlace(source, waited);
      }
      return body.doRead(handler);
    } finally {
      waited += System.nanoTime() - begin;
    }
  }

  @Override
  public int available() {
    return body.available();
  }

  /** Puts back what it stood in for, when the request is answered. */
  void leave(Request request) {
    request.setInputBuffer(body);
    if (placed) {
      placed = false;
      patience.leavePlace();
    }
  }
}
