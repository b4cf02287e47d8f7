package io.eventagents.web;

import java.io.IOException;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * A body that nobody waits for without end. Everybody reads through it: the application, Spring,
 * and Tomcat itself, which parses forms and their parts.
 */
final class TimedBody implements InputBuffer {

  private final InputBuffer body;
  private final BodySource source;
  private final BodyPatience patience;

  /** If so, some of it may have arrived, and still nothing can be read without waiting. */
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

  /** Restores the original body when the request is answered. */
  void leave(Request request) {
    request.setInputBuffer(body);
    if (placed) {
      placed = false;
      patience.leavePlace();
    }
  }
}
