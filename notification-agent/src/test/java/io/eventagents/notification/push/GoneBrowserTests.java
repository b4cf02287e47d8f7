package io.eventagents.notification.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.DatabaseSchema;
import io.eventagents.DependencyUnavailable;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgentFixtures;
import io.eventagents.notification.channel.Messages;
import io.eventagents.notification.channel.NotificationFailed;
import io.eventagents.notification.channel.NotificationSent;
import io.eventagents.notification.directory.GoneAddressFixtures;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.directory.WebPushSubscription;
import io.eventagents.notification.http.Patience;
import io.eventagents.notification.http.ProviderClient;
import io.eventagents.notification.http.StandIn;
import io.eventagents.notification.trigger.TaskCreated;
import io.eventagents.test.SettableClock;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The agent of a channel with several addresses, with a push service and the real database. */
class GoneBrowserTests {

  private static final KeyPair VAPID = Browser.keys();
  private static final HikariDataSource DATABASE = open();

  private final SettableClock clock = SettableClock.stoppedAt(Messages.NOW);
  private final JdbcClient database = JdbcClient.create(DATABASE);
  private final Browser browser = Browser.subscribed();
  private final String publicKey =
      Browser.base64(Browser.uncompressed((ECPublicKey) VAPID.getPublic()));
  private final PushService service = new PushService(browser, publicKey, clock);
  private final List<WebPushSubscription> browsers = new ArrayList<>();
  private final WebPushChannel channel =
      new WebPushChannel(
          VapidKeys.of(
              publicKey, Browser.base64(Browser.fixed(((ECPrivateKey) VAPID.getPrivate()).getS()))),
          "mailto:ops@company.com",
          new PushServices(List.of("127.0.0.1")),
          Duration.ofDays(1),
          ProviderClient.of(Patience.ofSeconds(5, 5), clock),
          clock);
  private final ChannelAgent<TaskCreated> agent =
      ChannelAgentFixtures.agent(
          channel,
          owner -> Optional.of(recipient()),
          null,
          GoneAddressFixtures.table(database, Set.of("web-push"), clock),
          clock);

  private static HikariDataSource open() {
    HikariDataSource opened = new HikariDataSource();
    opened.setJdbcUrl(EmbeddedServers.postgreSql().createDatabase("browsers"));
    opened.setUsername("postgres");
    DatabaseSchema.migrate(opened, "notification", "classpath:db/notification");
    return opened;
  }

  @BeforeEach
  void empty() {
    database
        .sql(
            """
            truncate notification.gone_addresses, notification.gone_address_resets,
                notification.recipients
            """)
        .update();
  }

  @AfterEach
  void stop() throws Exception {
    channel.close();
    service.close();
  }

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @Test
  void callsABrowserThatUnsubscribedOnce() {
    browsers.add(browser.at(service.url(PushService.GONE)));

    assertThat(agent.apply(Messages.CAUSE))
        .containsExactly(failed("the browser is no longer subscribed"));
    assertThat(agent.apply(Messages.CAUSE))
        .containsExactly(
            failed(
                "the address of owner 'user-456' for web-push is gone, as is known since %s: the"
                        .formatted(Messages.NOW)
                    + " browser is no longer subscribed"));
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void goesOnCallingTheOthers() {
    browsers.add(browser.at(service.url("/push/never-was")));
    browsers.add(browser.at(service.url(PushService.SUBSCRIPTION)));

    for (int i = 0; i < 3; i++) {
      assertThat(agent.apply(Messages.CAUSE)).singleElement().isInstanceOf(NotificationSent.class);
      agent.messenger().settled(agent.messenger().sentId(Messages.CAUSE));
    }

    assertThat(service.requests())
        .extracting(StandIn.Request::path)
        .containsExactly(
            "/push/never-was",
            PushService.SUBSCRIPTION,
            PushService.SUBSCRIPTION,
            PushService.SUBSCRIPTION);
  }

  @Test
  void callsABrowserThatUnsubscribedOnceThoughTheServiceOfAnotherIsAway() {
    browsers.add(browser.at(service.url(PushService.GONE)));
    browsers.add(browser.at(service.url(PushService.AWAY)));

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> agent.apply(Messages.CAUSE))
          .isInstanceOf(DependencyUnavailable.class);
    }

    assertThat(service.requests())
        .extracting(StandIn.Request::path)
        .containsExactly(PushService.GONE, PushService.AWAY, PushService.AWAY, PushService.AWAY);
  }

  @Test
  void callsTheBrowserThatSubscribesAgain() {
    browsers.add(browser.at(service.url(PushService.GONE)));
    agent.apply(Messages.CAUSE);

    browsers.add(browser.at(service.url(PushService.SUBSCRIPTION)));

    assertThat(agent.apply(Messages.CAUSE)).singleElement().isInstanceOf(NotificationSent.class);
    assertThat(service.requests()).hasSize(2);
  }

  @Test
  void callsItAgainIfTheRecipientIsWrittenAnew() {
    browsers.add(browser.at(service.url(PushService.GONE)));
    agent.apply(Messages.CAUSE);
    clock.tick(Duration.ofMinutes(1));

    GoneAddressFixtures.put(database, recipient(), clock);
    agent.apply(Messages.CAUSE);

    assertThat(service.requests()).hasSize(2);
  }

  private Recipient recipient() {
    return Messages.recipient(List.of(), browsers);
  }

  private static NotificationFailed failed(String reason) {
    return new NotificationFailed("task-123", "web-push", "user-456", reason);
  }
}
