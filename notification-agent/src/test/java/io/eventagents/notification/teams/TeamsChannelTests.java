package io.eventagents.notification.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.eventagents.DependencyUnavailable;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.SentMessage;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.http.Patience;
import io.eventagents.notification.http.ProviderClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TeamsChannelTests {

  private final TeamsWorkflow teams = new TeamsWorkflow();
  private final TeamsChannel channel = channel(TeamsWorkflow.PATH + TeamsWorkflow.QUERY);

  @AfterEach
  void stop() throws Exception {
    channel.close();
    teams.close();
  }

  @Test
  void postsACard() {
    assertThat(channel.send(Messages.to("#team"))).isEqualTo(new SentMessage("#team", "08584830"));

    assertThat(teams.only().json().at("/attachments/0/content/body/1/text").asString())
        .isEqualTo("New task: Review");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TeamsWorkflow.PATH + "?sig=another",
        "/workflows/gone/triggers/manual/paths/invoke" + TeamsWorkflow.QUERY
      })
  void waitsForAnotherUrl(String path) throws Exception {
    try (TeamsChannel other = channel(path)) {
      DependencyUnavailable failure =
          catchThrowableOfType(DependencyUnavailable.class, () -> other.send(Messages.to("#team")));

      assertThat(failure.dependency()).isEqualTo("Teams workflow at 127.0.0.1:" + teams.port());
      assertThat(failure).hasStackTraceContaining("HTTP 40");
    }
  }

  @Test
  void doesNotSendWhatTeamsWouldDrop() {
    assertThatThrownBy(() -> channel.send(Messages.to("#team", "x".repeat(30_000))))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("Teams takes 28672");
    assertThat(teams.requests()).isEmpty();
  }

  @Test
  void doesNotWaitForACardThatIsRefused() {
    teams.next(400, "{\"error\": {\"code\": \"TriggerInputSchemaMismatch\"}}");

    assertThatThrownBy(() -> channel.send(Messages.to("#team")))
        .isInstanceOf(Undeliverable.class)
        .hasMessageContaining("refused the card: HTTP 400");
  }

  @ParameterizedTest
  @CsvSource({"429, 12, PT12S", "503, 1, PT1S"})
  void waitsAsLongAsTeamsSays(int status, String seconds, Duration expected) {
    teams.next(status, "Retry-After", seconds);

    assertThat(
            catchThrowableOfType(
                    DependencyUnavailable.class, () -> channel.send(Messages.to("#team")))
                .retryAfter())
        .contains(expected);
  }

  private TeamsChannel channel(String path) {
    Clock clock = Clock.systemUTC();
    return new TeamsChannel(
        URI.create(teams.url(path)), "#team", ProviderClient.of(Patience.ofSeconds(2, 5), clock));
  }
}
