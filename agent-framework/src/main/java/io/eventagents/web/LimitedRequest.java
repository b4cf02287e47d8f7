package io.eventagents.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A request that throws an exception if its body exceeds the limit, and one that says so if the
 * server cannot decode its parameters. The server's own is an {@link IllegalStateException}, which
 * anything can throw.
 */
final class LimitedRequest extends HttpServletRequestWrapper {

  private final DataSize limit;
  private @Nullable ServletInputStream body;
  private @Nullable BufferedReader reader;

  LimitedRequest(HttpServletRequest request, DataSize limit) {
    super(request);
    this.limit = limit;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (body == null) {
      body = new LimitedStream(super.getInputStream(), limit);
    }
    return body;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null) {
      String encoding = getCharacterEncoding();
      Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
      reader = new BufferedReader(new InputStreamReader(getInputStream(), charset));
    }
    return reader;
  }

  @Override
  public @Nullable String getParameter(String name) {
    return parameters(() -> super.getParameter(name));
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return parameters(super::getParameterMap);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return parameters(super::getParameterNames);
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return parameters(() -> super.getParameterValues(name));
  }

  private static <T extends @Nullable Object> T parameters(Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalStateException malformed) {
      throw MalformedRequestException.parameters(malformed);
    }
  }

  private static final class LimitedStream extends ServletInputStream {

    private final ServletInputStream body;
    private final DataSize limit;
    private long read;

    LimitedStream(ServletInputStream body, DataSize limit) {
      this.body = body;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int next = body.read();
      count(next < 0 ? 0 : 1);
      return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = body.read(buffer, offset, length);
      count(Math.max(0, count));
      return count;
    }

    private void count(int bytes) throws BodyTooLargeException {
      read += bytes;
      if (read > limit.toBytes()) {
        throw new BodyTooLargeException(limit);
      }
    }

    @Override
    public int available() throws IOException {
      return body.available();
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
