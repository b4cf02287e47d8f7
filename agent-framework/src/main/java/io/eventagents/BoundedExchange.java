package io.eventagents;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls over the JDK's {@link HttpClient} that end within a given time, whatever the server does.
 * The time-out of a request covers only the head of the answer, so a server that sends no body, or
 * a byte a second, would hold the caller for ever. When the time is over, the connection is closed.
 *
 * <pre>{@code
 * BoundedExchange exchange = new BoundedExchange(client, Duration.ofSeconds(10), 64 * 1024);
 * HttpResponse<byte[]> answer = exchange.send(HttpRequest.newBuilder(address).build());
 * }</pre>
 *
 * <p>No more of the body is read than the caller can use. Thread-safe.
 */
public final class BoundedExchange {

  private final HttpClient client;
  private final Duration within;
  private final int most;

  /**
   * Wraps a client, which stays the caller's.
   *
   * @param within how long a call may take, from connecting to the last byte of the answer
   * @param most how many bytes of the body are read; if there are more, the connection is closed
   */
  public BoundedExchange(HttpClient client, Duration within, int most) {
    this.client = client;
    this.within = within;
    this.most = most;
  }

  /**
   * Makes the call.
   *
   * @return the answer, with the beginning of its body
   * @throws HttpTimeoutException if it has not ended within the time
   * @throws IOException if the server cannot be reached or breaks off
   * @throws InterruptedException if the caller is interrupted; the call is given up
   */
  public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new FirstBytes(most));
    try {
      return answer.get(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      HttpTimeoutException tooLong = new HttpTimeoutException("no whole answer within " + within);
      tooLong.initCause(e);
      throw tooLong;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure
          ? failure
          : new IOException("The call failed: " + e.getCause(), e);
    } finally {
      // Closes the connection of a call that has not ended.
      answer.cancel(true);
    }
  }
}
