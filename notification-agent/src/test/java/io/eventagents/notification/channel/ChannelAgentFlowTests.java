package io.eventagents.notification.channel;

import static io.eventagents.test.AgentFixture.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.DependencyUnavailable;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.Sha256;
import io.eventagents.notification.directory.DigestTimes;
import io.eventagents.notification.directory.GoneAddress;
import io.eventagents.notification.directory.GoneAddresses;
import io.eventagents.notification.directory.Preferences;
import io.eventagents.notification.directory.QuietHours;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.directory.RecipientDirectory;
import io.eventagents.notification.receipt.TrackedMessage;
import io.eventagents.notification.receipt.Tracking;
import io.eventagents.notification.trigger.TaskCreated;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelAgentFlowTests {

  private static final String ID = "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d";
  private static final Instant NIGHT = Instant.parse("2025-01-15T23:30:00Z");
  private static final String KEY =
      EventIds.derive("notification-post", ID, "notification.sent", 0);

  private final RecordingChannel channel = new RecordingChannel("post");
  private final Map<String, Recipient> people = new HashMap<>();
  private final List<Deferral.Later> kept = new ArrayList<>();
  private final List<TrackedMessage> tracked = new ArrayList<>();

  @Test
  void sendsAtOnceToARecipientWithoutPreferences() {
    person("kim@company.com", Preferences.NONE);

    assertThat(agent(channel).apply(created()))
        .containsExactly(
            new NotificationSent("task-1", "post", "kim@company.com", "<" + KEY + "@company.com>"));
    assertThat(channel.sent()).extracting(OutgoingMessage::idempotencyKey).containsExactly(KEY);
  }

  @Test
  void remembersWhatItSentForItsReceipts() {
    person("kim@company.com", Preferences.NONE);
    agent(channel).apply(created());

    assertThat(tracked)
        .containsExactly(
            new TrackedMessage(
                "post",
                "<" + KEY + "@company.com>",
                KEY,
                "req-1",
                "task-1",
                "kim@company.com",
                "user-1",
                NIGHT));
  }

  @Test
  void saysThatSomebodyIsUnknown() {
    assertThat(agent(channel).apply(created()))
        .containsExactly(
            new NotificationFailed("task-1", "post", "user-1", "owner 'user-1' is unknown"));
  }

  @Test
  void skipsAnOwnerWhoHasNoAddressAndDidNotAskForThisChannel() {
    person(null, Preferences.NONE);

    assertThat(agent(channel).apply(created())).isEmpty();
  }

  @Test
  void saysThatAnOwnerWhoAskedForThisChannelHasNoAddress() {
    person(null, new Preferences(Set.of("post"), null, Map.of()));

    assertThat(agent(channel).apply(created()))
        .containsExactly(
            new NotificationFailed(
                "task-1", "post", "user-1", "owner 'user-1' has no address for post"));
  }

  @Test
  void skipsAnOwnerWhoWantsOtherChannels() {
    person("kim@company.com", new Preferences(Set.of("sms"), null, Map.of()));

    assertThat(agent(channel).apply(created())).isEmpty();
    assertThat(channel.sent()).isEmpty();
  }

  @Test
  void saysWhatTheProviderRefusesForGood() {
    person("kim@company.com", Preferences.NONE);
    channel.failNext(() -> new Undeliverable("550 no such user"));

    assertThat(agent(channel).apply(created()))
        .containsExactly(
            new NotificationFailed("task-1", "post", "kim@company.com", "550 no such user"));
  }

  @Test
  void keepsAMessageUntilQuietHoursEnd() {
    person("kim@company.com", quiet());

    assertThat(agent(channel).apply(created())).isEmpty();
    assertThat(channel.sent()).isEmpty();
    assertThat(kept)
        .containsExactly(
            new Deferral.Later(
                KEY, "post", "user-1", created(), Instant.parse("2025-01-16T07:00:00Z"), false));
  }

  @Test
  void collectsADigest() {
    person(
        "kim@company.com",
        new Preferences(null, null, Map.of("post", new DigestTimes.Daily(LocalTime.of(8, 0)))));

    agent(channel).apply(created());

    assertThat(kept)
        .containsExactly(
            new Deferral.Later(
                KEY, "post", "user-1", created(), Instant.parse("2025-01-16T08:00:00Z"), true));
  }

  /** A team's channel belongs to nobody, so it does not need the directory. */
  @Test
  void postsToAPlaceWhateverTheOwnerWants() {
    Channel place =
        new Channel() {
          @Override
          public String name() {
            return "post";
          }

          @Override
          public Optional<String> addressOf(Recipient recipient) {
            return Optional.of("#tasks");
          }

          @Override
          public SentMessage send(OutgoingMessage message) {
            return new SentMessage(message.address(), null);
          }
        };

    given(created())
        .when(
            "notification-post",
            TaskCreated.class,
            NotificationEvent.class,
            agent(
                place,
                owner -> {
                  throw new DependencyUnavailable("directory", null);
                }))
        .thenEmits(new NotificationSent("task-1", "post", "#tasks", null));
  }

  /** Like Slack's direct messages, with the team's channel for people whom Slack does not know. */
  @Test
  void followsPreferencesIfAChannelReachesPeopleOrAPlace() {
    Channel direct =
        new Channel() {
          @Override
          public String name() {
            return "post";
          }

          @Override
          public boolean addressesPeople() {
            return true;
          }

          @Override
          public Optional<String> addressOf(Recipient recipient) {
            return Optional.of(recipient.email() == null ? "#tasks" : recipient.email());
          }

          @Override
          public SentMessage send(OutgoingMessage message) {
            return new SentMessage(message.address(), null);
          }
        };

    assertThat(agent(direct).apply(created()))
        .containsExactly(new NotificationSent("task-1", "post", "#tasks", null));
    person(null, quiet());
    assertThat(agent(direct).apply(created()))
        .containsExactly(new NotificationSent("task-1", "post", "#tasks", null));
    person("kim", quiet());
    assertThat(agent(direct).apply(created())).isEmpty();
    assertThat(kept).hasSize(1);
  }

  /** What is meant for a person does not go to the whole team. */
  @Test
  void postsToNoPlaceInPlaceOfAnAddressThatIsGone() {
    Channel direct =
        new Channel() {
          @Override
          public String name() {
            return "post";
          }

          @Override
          public boolean addressesPeople() {
            return true;
          }

          @Override
          public Optional<String> addressOf(Recipient recipient) {
            return Optional.of(recipient.email() == null ? "#tasks" : recipient.email());
          }

          @Override
          public SentMessage send(OutgoingMessage message) {
            throw Undeliverable.gone(message.address(), "user_disabled");
          }
        };
    person("kim", Preferences.NONE);
    Set<String> gone = new HashSet<>();
    ChannelAgent<TaskCreated> agent =
        ChannelAgentFixtures.agent(
            direct,
            owner -> Optional.ofNullable(people.get(owner)),
            null,
            new GoneAddresses() {
              @Override
              public List<GoneAddress> of(String ownerId, String channel) {
                return gone.stream()
                    .map(
                        address ->
                            new GoneAddress(channel, Sha256.hex(address), "user_disabled", NIGHT))
                    .toList();
              }

              @Override
              public void add(
                  String ownerId, String channel, String address, String reason, Instant sentAt) {
                gone.add(address);
              }

              @Override
              public void forget() {}
            },
            Clock.fixed(NIGHT, ZoneOffset.UTC));

    assertThat(agent.apply(created()))
        .containsExactly(new NotificationFailed("task-1", "post", "kim", "user_disabled"));
    assertThat(agent.apply(created()))
        .containsExactly(
            new NotificationFailed(
                "task-1",
                "post",
                "kim",
                "the address of owner 'user-1' for post is gone, as is known since %s: user_disabled"
                    .formatted(NIGHT)));
  }

  @Test
  void waitsForADirectoryThatIsAway() {
    given(created())
        .when(
            "notification-post",
            TaskCreated.class,
            NotificationEvent.class,
            agent(
                channel,
                owner -> {
                  throw new DependencyUnavailable("directory", null);
                }))
        .thenIsUnavailable("directory");
  }

  private void person(@Nullable String email, Preferences preferences) {
    people.put(
        "user-1",
        new Recipient(
            "user-1",
            email,
            null,
            null,
            List.of(),
            List.of(),
            Locale.ENGLISH,
            ZoneOffset.UTC,
            preferences));
  }

  private static Preferences quiet() {
    return new Preferences(null, new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0)), Map.of());
  }

  private ChannelAgent<TaskCreated> agent(Channel channel) {
    return agent(channel, owner -> Optional.ofNullable(people.get(owner)));
  }

  private ChannelAgent<TaskCreated> agent(Channel channel, RecipientDirectory directory) {
    return new ChannelAgents(
            directory,
            new ChannelAgentFixtures.PlainTemplates(),
            kept::add,
            new Tracking() {
              @Override
              public void expect(TrackedMessage message) {
                tracked.add(message);
              }

              @Override
              public void forget() {}
            },
            GoneAddresses.none(),
            Clock.fixed(NIGHT, ZoneOffset.UTC))
        .agent(channel, null);
  }

  private static Event<TaskCreated> created() {
    return new Event<>(
        ID,
        "task.created",
        NIGHT,
        new TaskCreated("task-1", "Review", "user-1", 2, null),
        new EventMetadata("req-1", "api-call-1", "task-api"));
  }
}
