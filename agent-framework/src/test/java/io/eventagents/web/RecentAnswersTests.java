package io.eventagents.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;

class RecentAnswersTests {

  private final AtomicLong now = new AtomicLong();
  private final RecentAnswers recent = new RecentAnswers(now::get);
  private int asked;
  private HttpStatus status = HttpStatus.OK;

  @Test
  void anAnswerIsGivenAgainForAFewSeconds() throws Exception {
    assertThat(get("/keys")).isEqualTo("answer 1");
    now.addAndGet(RecentAnswers.RECENT.toNanos() - 1);
    assertThat(get("/keys")).isEqualTo("answer 1");
    now.incrementAndGet();
    assertThat(get("/keys")).isEqualTo("answer 2");
  }

  @Test
  void eachAddressHasItsOwn() throws Exception {
    assertThat(get("/keys")).isEqualTo("answer 1");
    assertThat(get("/.well-known")).isEqualTo("answer 2");
    assertThat(get("/keys")).isEqualTo("answer 1");
  }

  @Test
  void aFailureIsNotKept() throws Exception {
    status = HttpStatus.SERVICE_UNAVAILABLE;
    assertThat(get("/keys")).isEqualTo("answer 1");
    assertThat(get("/keys")).isEqualTo("answer 2");
  }

  @Test
  void anotherMethodGoesThrough() throws Exception {
    assertThat(call(HttpMethod.POST, "/keys", "answer")).isEqualTo("answer 1");
    assertThat(call(HttpMethod.POST, "/keys", "answer")).isEqualTo("answer 2");
  }

  @Test
  void anAnswerWithoutEndIsRefused() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> call(HttpMethod.GET, "/keys", "x".repeat(2 << 20)))
        .withMessageContaining("/keys answered more than 1048576 bytes");
  }

  private String get(String path) throws IOException {
    return call(HttpMethod.GET, path, "answer");
  }

  private String call(HttpMethod method, String path, String answer) throws IOException {
    MockClientHttpRequest request =
        new MockClientHttpRequest(method, URI.create("http://issuer.test" + path));
    try (ClientHttpResponse response =
        recent.intercept(
            request,
            new byte[0],
            (sent, body) ->
                new MockClientHttpResponse((answer + " " + ++asked).getBytes(UTF_8), status))) {
      assertThat(response.getStatusCode()).isEqualTo(status);
      return new String(response.getBody().readAllBytes(), UTF_8);
    }
  }
}
