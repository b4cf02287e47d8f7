package io.eventagents.scheduling.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.scheduling.SchedulingFixture;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FeedControllerTests {

  private static SchedulingFixture fixture;
  private static MockMvcTester http;

  private final String owner = "user-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    fixture = new SchedulingFixture(EmbeddedServers.postgreSql().createDatabase("feeds"));
    http =
        MockMvcTester.of(
            new FeedController(
                new Feeds(fixture.database),
                new OwnerCalendar(
                    fixture.reminders,
                    new CalendarFeed(Duration.ofMinutes(15), ZoneOffset.UTC),
                    Duration.ofDays(90),
                    fixture.clock),
                URI.create("https://reminders.example.com/base/"),
                fixture.clock));
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @Test
  void showsTheCalendarAtItsSecretAddress() throws Exception {
    fixture.handle(
        SchedulingFixture.created("task-" + owner, "Review", owner, SchedulingFixture.NOW));
    JsonNode feed = create();

    assertThat(feed.path("owner_id").stringValue()).isEqualTo(owner);
    assertThat(feed.path("url").stringValue())
        .matches("https://reminders\\.example\\.com/base/feeds/[A-Za-z0-9_-]{43}\\.ics");
    assertThat(read(feed))
        .hasStatusOk()
        .bodyText()
        .contains("SUMMARY:Review", "Reminders of " + owner);
  }

  @Test
  void keepsADigestOfTheSecretAlone() throws Exception {
    String secret = secret(create());

    assertThat(
            fixture
                .database
                .sql("select row_to_json(f)::text from scheduling.feeds f")
                .query(String.class)
                .list())
        .isNotEmpty()
        .noneMatch(row -> row.contains(secret));
    assertThat(body(http.get().uri("/calendars/{owner}/feeds", owner).exchange()))
        .doesNotContain(secret)
        .doesNotContain("url");
  }

  @Test
  void revokesOneFeedAlone() throws Exception {
    JsonNode revoked = create();
    JsonNode other = create();

    assertThat(delete(owner, revoked)).hasStatus(HttpStatus.NO_CONTENT);

    assertThat(read(revoked)).hasStatus(HttpStatus.NOT_FOUND);
    assertThat(read(other)).hasStatusOk();
    assertThat(delete(owner, revoked)).hasStatus(HttpStatus.NOT_FOUND);
  }

  @Test
  void revokesNobodyElsesFeed() throws Exception {
    JsonNode feed = create();

    assertThat(delete("somebody-else", feed)).hasStatus(HttpStatus.NOT_FOUND);
    assertThat(read(feed)).hasStatusOk();
  }

  @Test
  void answersEveryWrongSecretAlike() throws Exception {
    JsonNode revoked = create();
    delete(owner, revoked);

    String answer = String.valueOf(read(revoked).getResponse().getErrorMessage());
    for (String secret : new String[] {"x", "a".repeat(43), "a".repeat(44), "%00"}) {
      MvcTestResult other = http.get().uri(URI.create("/feeds/" + secret + ".ics")).exchange();
      assertThat(other).hasStatus(HttpStatus.NOT_FOUND);
      assertThat(other.getResponse().getErrorMessage()).isEqualTo(answer);
    }
  }

  @Test
  void limitsTheNumberOfFeeds() throws Exception {
    for (int i = 0; i < 20; i++) {
      create();
    }

    assertThat(http.post().uri("/calendars/{owner}/feeds", owner)).hasStatus(HttpStatus.CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", " "})
  void refusesAnOwnerThatCannotBeOne(String malformed) {
    assertThat(http.post().uri("/calendars/{owner}/feeds", malformed))
        .hasStatus(HttpStatus.BAD_REQUEST);
  }

  private JsonNode create() throws Exception {
    MvcTestResult created = http.post().uri("/calendars/{owner}/feeds", owner).exchange();
    assertThat(created).hasStatus(HttpStatus.CREATED);
    return JsonMapper.shared().readTree(body(created));
  }

  private static MvcTestResult read(JsonNode feed) {
    return http.get().uri("/feeds/{token}.ics", secret(feed)).exchange();
  }

  private static MvcTestResult delete(String owner, JsonNode feed) {
    return http.delete()
        .uri("/calendars/{owner}/feeds/{id}", owner, feed.path("id").stringValue())
        .exchange();
  }

  private static String secret(JsonNode feed) {
    return feed.path("url").stringValue().replaceAll(".*/|\\.ics$", "");
  }

  private static String body(MvcTestResult response) throws Exception {
    return response.getResponse().getContentAsString();
  }
}
