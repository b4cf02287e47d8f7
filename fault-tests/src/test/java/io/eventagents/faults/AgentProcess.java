package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A running instance of an application. */
final class AgentProcess {

  /** Long, because machines are slow. Only a test that fails waits this long. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * How long a change may take to show in the health, which queries the broker every 15 s. As long
   * as above otherwise.
   */
  private static final Duration REACTION = Duration.ofSeconds(Long.getLong("faults.reaction", 150));

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

  private final Application application;
  private final int port;
  private final ChildProcess process;

  AgentProcess(Application application, int port, ChildProcess process) {
    this.application = application;
    this.port = port;
    this.process = process;
  }

  Application application() {
    return application;
  }

  int port() {
    return port;
  }

  ChildProcess process() {
    return process;
  }

  /** Returns when it serves requests over HTTP. */
  AgentProcess awaitReady() {
    await(application + " to be ready")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError(
                    application + " did not start. Its log ends with:\n" + process.tail());
              }
              return get("/actuator/health/readiness") == 200;
            });
    return this;
  }

  /** Returns when its health is UP. */
  AgentProcess awaitUp() {
    await(application + " to be up")
        .atMost(REACTION)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> assertThat(get("/actuator/health")).as(body("/actuator/health")).isEqualTo(200));
    return this;
  }

  /**
   * Returns when it reports that it waits and why, while its process is live.
   *
   * @param reasons texts that its health contains
   */
  AgentProcess awaitOutOfService(String... reasons) {
    await(application + " to report why it waits")
        .atMost(REACTION)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () ->
                assertThat(body("/actuator/health"))
                    .contains("\"status\":\"OUT_OF_SERVICE\"")
                    .contains(reasons));
    assertThat(get("/actuator/health")).isEqualTo(503);
    assertThat(get("/actuator/health/liveness")).isEqualTo(200);
    return this;
  }

  /** Returns when it has logged all these words in one line. */
  AgentProcess awaitLogged(String... words) {
    await(application + " to log " + String.join(" ... ", words))
        .atMost(REACTION)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> process.said(words) > 0);
    return this;
  }

  /**
   * Returns the value of a meter.
   *
   * @param name its name with its labels, as Prometheus writes them
   * @return the value; NaN if there is no such meter
   */
  double meter(String name) {
    return body("/actuator/prometheus")
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The status of the answer; 0 if there is none. */
  int get(String path) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create("http://" + Loopback.HOST + ":" + port + path))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException noAnswer) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The body of the answer, whatever its status; empty if there is none. */
  String body(String path) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create("http://" + Loopback.HOST + ":" + port + path))
                  .timeout(Duration.ofSeconds(5))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException noAnswer) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return application.programName() + " on port " + port;
  }
}
