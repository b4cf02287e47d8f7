package io.eventagents.web;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;

/**
 * What Tomcat knows about a body. No question waits for the client.
 *
 * @param request the request that has the body
 */
record BodySource(Request request) {

  /** Whether all of it has been read, or there is none. */
  boolean isFinished() {
    AtomicBoolean finished = new AtomicBoolean();
    request.action(ActionCode.REQUEST_BODY_FULLY_READ, finished);
    return finished.get();
  }

  /** Whether some of it has arrived that was not read yet. */
  boolean hasMore() {
    request.action(ActionCode.AVAILABLE, true);
    return request.getAvailable() > 0;
  }

  /** Makes Tomcat close the connection instead of reading the rest, which may never come. */
  void giveUp() {
    request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
  }
}
