package io.eventagents.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request that was answered before its body had arrived. A client that is still sending
 * would not see the answer if the connection were closed at once (RFC 9112, 9.6). So a few threads
 * read what it sends for a moment, and then the connection is closed.
 *
 * <p>Tomcat itself reads up to two megabytes, however slowly they arrive. Thread-safe.
 */
final class Lingering {

  private static final long MOMENT = Duration.ofSeconds(1).toNanos();
  private static final long LOOK = Duration.ofMillis(5).toNanos();
  private static final int MOST = 2 * 1024 * 1024;

  private final Semaphore places;

  Lingering(int places) {
    this.places = new Semaphore(places);
  }

  /** Call it when the answer is sent. */
  void end(Request request) {
    BodySource body = new BodySource(request);
    if (body.isFinished()) {
      return;
    }
    if (!request.hasExpectation() && places.tryAcquire()) {
      try {
        read(request, body);
      } finally {
        places.release();
      }
    }
    if (!body.isFinished()) {
      body.giveUp();
    }
  }

  private static void read(Request request, BodySource body) {
    Discarded discarded = new Discarded();
    long begin = System.nanoTime();
    try {
      for (long read = 0; read < MOST && !body.isFinished(); ) {
        if (System.nanoTime() - begin > MOMENT) {
          return;
        }
        if (body.hasMore()) {
          int count = request.doRead(discarded);
          if (count < 0) {
            return;
          }
          read += count;
        } else {
          LockSupport.parkNanos(LOOK);
        }
      }
    } catch (IOException gone) {
      // The client went away, as expected; the connection is closed.
      body.giveUp();
    }
  }

  private static final class Discarded implements ApplicationBufferHandler {

    private @Nullable ByteBuffer buffer;

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer == null ? EMPTY_BUFFER : buffer;
    }

    @Override
    public void expand(int size) {
      // Nothing is kept.
    }
  }
}
