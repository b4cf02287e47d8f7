package io.eventagents.notification.socket;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;

/** Limits connecting, reading and writing by the {@link Deadline} of the thread. */
final class TimedSocket extends Socket {

  private static final int FOREVER = 0;

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, FOREVER);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    super.connect(endpoint, Deadline.timeout(timeout));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new Input(super.getInputStream());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new Output(super.getOutputStream());
  }

  private final class Input extends FilterInputStream {

    Input(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int timeout = getSoTimeout();
      int now = Deadline.timeout(timeout);
      if (now == timeout) {
        return in.read(bytes, from, length);
      }
      setSoTimeout(now);
      try {
        return in.read(bytes, from, length);
      } finally {
        if (!isClosed()) {
          setSoTimeout(timeout);
        }
      }
    }
  }

  /** A single write may take as long as the session's own limit. */
  private static final class Output extends FilterOutputStream {

    Output(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      var unused = Deadline.timeout(FOREVER);
      out.write(bytes, from, length);
    }
  }
}
