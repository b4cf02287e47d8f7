package io.eventagents.notification.push;

import com.google.api.client.http.LowLevelHttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A complete response for the library for Google's accounts, which needs no other headers. */
final class TokenAnswer extends LowLevelHttpResponse {

  private final HttpResponse<byte[]> answer;

  TokenAnswer(HttpResponse<byte[]> answer) {
    this.answer = answer;
  }

  @Override
  public InputStream getContent() {
    return new ByteArrayInputStream(answer.body());
  }

  @Override
  public @Nullable String getContentEncoding() {
    return header("Content-Encoding");
  }

  @Override
  public long getContentLength() {
    return answer.body().length;
  }

  @Override
  public @Nullable String getContentType() {
    return header("Content-Type");
  }

  private @Nullable String header(String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  @Override
  public String getStatusLine() {
    return "HTTP/1.1 " + answer.statusCode();
  }

  @Override
  public int getStatusCode() {
    return answer.statusCode();
  }

  @Override
  public String getReasonPhrase() {
    return "";
  }

  @Override
  public int getHeaderCount() {
    return 0;
  }

  @Override
  public String getHeaderName(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public String getHeaderValue(int index) {
    throw new IndexOutOfBoundsException(index);
  }
}
