package examples.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.test.AgentTest;
import io.eventagents.test.Chains;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@AgentTest(classes = TaskAnalytics.class)
class TaskAnalyticsTests {

  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");

  @Autowired Chains chains;
  @Autowired MeterRegistry meters;
  @LocalServerPort int port;

  @Test
  void measuresFromCreationToCompletionByOwnerAndPriority() {
    complete("user-1", 2, NOON.minus(Duration.ofHours(2)));
    complete("user-1", 2, NOON.minus(Duration.ofHours(4)));
    complete("user-1", 5, NOON.minus(Duration.ofMinutes(1)));
    complete("user-2", 2, NOON.minus(Duration.ofDays(1)));
    chains.awaitQuiet();

    assertThat(count("user-1", "2")).isEqualTo(2);
    assertThat(
            meters
                .get("task.completion")
                .tags("owner", "user-1", "priority", "2")
                .timer()
                .mean(TimeUnit.HOURS))
        .isEqualTo(3);
    assertThat(count("user-1", "5")).isEqualTo(1);
    assertThat(count("user-2", "2")).isEqualTo(1);
  }

  @Test
  void countsTasksWithoutATimeSeparately() {
    double before = unmeasured();
    complete("user-3", 2, null);
    complete("user-3", 2, NOON.plusSeconds(1));
    chains.awaitQuiet();

    assertThat(unmeasured() - before).isEqualTo(2);
    assertThat(meters.find("task.completion").tag("owner", "user-3").timers()).isEmpty();
  }

  @Test
  void anUnknownPriorityMakesNoSeriesOfItsOwn() {
    complete("user-4", 4711, NOON.minusSeconds(1));
    chains.awaitQuiet();

    assertThat(count("user-4", "other")).isEqualTo(1);
  }

  @Test
  void servesTimersToPrometheus() throws Exception {
    complete("user-5", 1, NOON.minus(Duration.ofHours(2)));
    chains.awaitQuiet();

    assertThat(get("/actuator/prometheus").body())
        .contains(
            "task_completion_seconds_count{owner=\"user-5\",priority=\"1\"} 1",
            "task_completion_seconds_bucket{owner=\"user-5\",priority=\"1\",le=\"3600.0\"} 0",
            "task_completion_seconds_bucket{owner=\"user-5\",priority=\"1\",le=\"86400.0\"} 1");
  }

  @Test
  void showsThemOnAPageWithoutTrustingOwners() throws Exception {
    complete("<img src=x>", 3, NOON.minus(Duration.ofMinutes(150)));
    chains.awaitQuiet();
    HttpResponse<String> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(page.body())
        .contains("<td>&lt;img src=x&gt;</td><td>3</td><td>1</td><td>2 h 30 min</td>")
        .doesNotContain("<img");
  }

  private void complete(String owner, int priority, @Nullable Instant createdAt) {
    String id = UUID.randomUUID().toString();
    chains.publishJson(
        "task-events",
        "task-" + id,
        """
        {"event_id": "%s", "event_type": "task.completed", "occurred_at": "%s",
         "data": {"task_id": "task-%s", "title": "Review", "owner_id": "%s", "priority": %d%s},
         "metadata": {"correlation_id": "req-1", "causation_id": "api-complete-1", "source": "task-api"}}"""
            .formatted(
                id,
                NOON,
                id,
                owner,
                priority,
                createdAt == null ? "" : ", \"created_at\": \"" + createdAt + '"'));
  }

  private long count(String owner, String priority) {
    return meters.get("task.completion").tags("owner", owner, "priority", priority).timer().count();
  }

  private double unmeasured() {
    var counter = meters.find("task.completion.unmeasured").counter();
    return counter == null ? 0 : counter.count();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            BodyHandlers.ofString());
  }
}
