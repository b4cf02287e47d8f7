package io.eventagents.notification.directory;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.notFound;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.eventagents.DependencyUnavailable;
import io.eventagents.InvalidSetting;
import io.eventagents.test.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDirectoryTests {

  /** Long enough for a machine whose first call is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final WireMockServer PEOPLE =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  private final SettableClock clock =
      SettableClock.stoppedAt(Instant.parse("2025-01-15T14:30:22Z"));
  private final HttpDirectory directory = new HttpDirectory(settings(), clock);

  @BeforeAll
  static void start() {
    PEOPLE.start();
  }

  @AfterAll
  static void stop() {
    PEOPLE.stop();
  }

  @BeforeEach
  void empty() {
    PEOPLE.resetAll();
  }

  @Test
  void asksForACachedRecipientOnce() {
    PEOPLE.stubFor(get(urlEqualTo("/people/kim")).willReturn(okJson("{\"email\": \"a@b.com\"}")));

    directory.find("kim");
    clock.tick(Duration.ofMinutes(4));
    assertThat(directory.find("kim")).get().extracting(Recipient::email).isEqualTo("a@b.com");
    PEOPLE.verify(
        1,
        getRequestedFor(urlEqualTo("/people/kim"))
            .withHeader("Authorization", equalTo("Bearer t0ken")));

    clock.tick(Duration.ofMinutes(2));
    directory.find("kim");
    PEOPLE.verify(2, getRequestedFor(urlEqualTo("/people/kim")));
  }

  /** On two processors about one in seven such responses was not noticed before the time-out. */
  @Test
  void isNotHeldUpByWhatItForgets() {
    PEOPLE.stubFor(get(anyUrl()).willReturn(okJson("{}")));

    for (int i = 0; i < 30; i++) {
      assertThat(directory.find("kim")).isPresent();
      clock.tick(Duration.ofMinutes(6));
    }
  }

  @Test
  void cachesAnUnknownOwnerForAShorterTime() {
    PEOPLE.stubFor(get(anyUrl()).willReturn(notFound()));

    assertThat(directory.find("kim")).isEmpty();
    clock.tick(Duration.ofSeconds(29));
    directory.find("kim");
    PEOPLE.verify(1, getRequestedFor(anyUrl()));

    clock.tick(Duration.ofSeconds(2));
    directory.find("kim");
    PEOPLE.verify(2, getRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 401, 403, 429, 500, 503})
  void waitsForADirectoryThatDoesNotServe(int status) {
    PEOPLE.stubFor(
        get(anyUrl()).willReturn(aResponse().withStatus(status).withHeader("Retry-After", "7")));

    assertThatThrownBy(() -> directory.find("kim"))
        .asInstanceOf(type(DependencyUnavailable.class))
        .satisfies(
            unavailable -> {
              assertThat(unavailable.dependency())
                  .isEqualTo("recipient directory at 127.0.0.1:" + PEOPLE.port());
              assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(7));
            });
  }

  /** Many servers refuse a slash in an id. The channel's other events must not wait for that. */
  @ParameterizedTest
  @ValueSource(ints = {400, 414, 422})
  void doesNotWaitIfAnIdIsRefused(int status) {
    PEOPLE.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(status)));

    assertThatThrownBy(() -> directory.find("a/b"))
        .isInstanceOf(InvalidRecipient.class)
        .hasMessageContaining("HTTP " + status);
  }

  @Test
  void treatsAnOwnerWhoIsGoneAsUnknown() {
    PEOPLE.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(410)));

    assertThat(directory.find("kim")).isEmpty();
  }

  @Test
  void waitsForADirectoryThatBreaksOffOrHangs() {
    PEOPLE.stubFor(
        get(urlEqualTo("/people/kim")).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
    PEOPLE.stubFor(get(urlEqualTo("/people/lee")).willReturn(okJson("{}").withFixedDelay(10_000)));

    assertThatThrownBy(() -> directory.find("kim")).isInstanceOf(DependencyUnavailable.class);
    assertThatThrownBy(() -> directory.find("lee")).isInstanceOf(DependencyUnavailable.class);
  }

  /** Each byte comes in time, but the whole response does not. */
  @Test
  @Timeout(60)
  void waitsForADirectoryThatTrickles() {
    PEOPLE.stubFor(
        get(anyUrl())
            .willReturn(okJson("{}" + " ".repeat(1_000)).withChunkedDribbleDelay(1_000, 600_000)));

    assertThatThrownBy(() -> directory.find("kim")).isInstanceOf(DependencyUnavailable.class);
  }

  @Test
  void doesNotRememberAnOutage() {
    PEOPLE.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(503)));
    assertThatThrownBy(() -> directory.find("kim")).isInstanceOf(DependencyUnavailable.class);
    PEOPLE.stubFor(get(anyUrl()).willReturn(okJson("{}")));

    assertThat(directory.find("kim")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "[]", "{\"email\": \"nobody\"}"})
  void saysWhatIsWrongWithAnAnswer(String answer) {
    PEOPLE.stubFor(get(anyUrl()).willReturn(okJson(answer)));

    assertThatThrownBy(() -> directory.find("kim")).isInstanceOf(InvalidRecipient.class);
  }

  @Test
  void readsNoEndlessAnswer() {
    PEOPLE.stubFor(get(anyUrl()).willReturn(okJson("{\"x\": \"" + "x".repeat(100_000) + "\"}")));

    assertThatThrownBy(() -> directory.find("kim")).isInstanceOf(InvalidRecipient.class);
  }

  @Test
  void keepsAnIdWithinItsSegmentOfThePath() {
    PEOPLE.stubFor(get(anyUrl()).willReturn(okJson("{}")));

    directory.find("../admin?x={id}#y z");

    PEOPLE.verify(getRequestedFor(urlEqualTo("/people/..%2Fadmin%3Fx%3D%7Bid%7D%23y%20z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a\nb", "a\u0000b"})
  void asksForNobodyWhoCannotExist(String id) {
    assertThat(directory.find(id)).isEmpty();
    PEOPLE.verify(0, getRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "https://people.example.com/", "ftp://people.example.com/{id}", "{id}"})
  void endsTheStartWithoutAUrl(String url) {
    assertThatThrownBy(
            () ->
                new DirectoryProperties(
                    DirectoryProperties.Source.HTTP, false, http(url, PATIENCE)))
        .isInstanceOf(InvalidSetting.class);
  }

  private static DirectoryProperties.Http settings() {
    return http("http://127.0.0.1:" + PEOPLE.port() + "/people/{id}", PATIENCE);
  }

  private static DirectoryProperties.Http http(String url, Duration timeout) {
    return new DirectoryProperties.Http(
        url, "t0ken", timeout, timeout, Duration.ofMinutes(5), Duration.ofSeconds(30), 100);
  }
}
