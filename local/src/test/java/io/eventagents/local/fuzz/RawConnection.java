package io.eventagents.local.fuzz;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection that stays open as long as the server and the requests allow. Not thread-safe. */
public final class RawConnection implements AutoCloseable {

  private static final int PATIENCE = 60_000;

  private final int port;
  private @Nullable Socket socket;
  private @Nullable BufferedInputStream input;

  /**
   * @param port the port on this machine
   */
  public RawConnection(int port) {
    this.port = port;
  }

  /**
   * Sends a request and reads the answer.
   *
   * @throws IOException if the answer is cut short or does not arrive within a minute
   */
  public RawAnswer send(RawRequest request) throws IOException {
    Socket used = socket;
    BufferedInputStream answers = input;
    if (used == null || answers == null) {
      used = new Socket(InetAddress.getLoopbackAddress(), port);
      used.setSoTimeout(PATIENCE);
      answers = new BufferedInputStream(used.getInputStream());
      socket = used;
      input = answers;
    }
    try {
      used.getOutputStream().write(request.bytes());
      if (request.last()) {
        used.shutdownOutput();
      }
    } catch (SocketException e) {
      // The server may have answered and closed the connection before it had read everything.
    }
    RawAnswer answer;
    try {
      answer = RawAnswer.read(answers, request.head());
    } catch (SocketException e) {
      answer = new RawAnswer(0, Map.of(), "");
    }
    if (request.last() || answer.closes()) {
      close();
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    Socket used = socket;
    socket = null;
    input = null;
    if (used != null) {
      used.close();
    }
  }
}
