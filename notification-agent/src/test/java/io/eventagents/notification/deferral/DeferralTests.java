package io.eventagents.notification.deferral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.eventagents.Cause;
import io.eventagents.DatabaseSchema;
import io.eventagents.DependencyUnavailable;
import io.eventagents.Event;
import io.eventagents.EventIds;
import io.eventagents.EventMetadata;
import io.eventagents.EventPublisher;
import io.eventagents.embedded.EmbeddedServers;
import io.eventagents.notification.channel.ChannelAgent;
import io.eventagents.notification.channel.ChannelAgentFixtures;
import io.eventagents.notification.channel.Deferral;
import io.eventagents.notification.channel.NotificationEvent;
import io.eventagents.notification.channel.NotificationFailed;
import io.eventagents.notification.channel.NotificationSent;
import io.eventagents.notification.channel.OutgoingMessage;
import io.eventagents.notification.channel.Reach;
import io.eventagents.notification.channel.RecordingChannel;
import io.eventagents.notification.channel.Undeliverable;
import io.eventagents.notification.directory.DigestTimes;
import io.eventagents.notification.directory.Preferences;
import io.eventagents.notification.directory.QuietHours;
import io.eventagents.notification.directory.Recipient;
import io.eventagents.notification.trigger.TaskCreated;
import io.eventagents.test.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DeferralTests {

  private static final Instant NOW = Instant.parse("2025-01-15T23:00:00Z");
  private static final Duration NIGHT = Duration.ofHours(8);

  private static final HikariDataSource dataSource = open();

  private final SettableClock clock = SettableClock.stoppedAt(NOW);
  private final RecordingChannel channel = new RecordingChannel("email");
  private final Map<String, Recipient> people = new ConcurrentHashMap<>();
  private final List<Published> published = new CopyOnWriteArrayList<>();
  private final AtomicInteger outboxFailures = new AtomicInteger();
  private final JdbcClient database = JdbcClient.create(dataSource);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(dataSource));
  private final DeferredMessages messages = new DeferredMessages(database);
  private final DeferralTimers timers =
      new DeferralTimers(messages, dataSource, transaction, clock);
  private final ChannelAgent<TaskCreated> agent = newAgent();
  private final DeferralAlarm alarm = alarmOf(agent);
  private final List<DeferralWatch> watches = new ArrayList<>();

  private static HikariDataSource open() {
    HikariDataSource opened = new HikariDataSource();
    opened.setJdbcUrl(EmbeddedServers.postgreSql().createDatabase("deferral"));
    opened.setUsername("postgres");
    DatabaseSchema.migrate(opened, "notification", "classpath:db/notification");
    return opened;
  }

  @AfterAll
  static void close() {
    dataSource.close();
  }

  @BeforeEach
  void empty() {
    database.sql("truncate notification.timers, notification.deferred_messages").update();
    people.put("user-1", kim(new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0))));
  }

  @AfterEach
  void stop() {
    watches.forEach(DeferralWatch::stop);
  }

  @Test
  void sendsWhenQuietHoursEndAndNotBefore() {
    agent.apply(created("event-1", "task-1"));
    watch();
    clock.tick(NIGHT.minusMillis(1));
    agent.apply(created("event-2", "task-2"));
    assertThat(channel.sent()).isEmpty();

    clock.tick(Duration.ofMillis(1));
    await().until(() -> published.size() == 2);

    assertThat(published)
        .containsExactlyInAnyOrder(
            sent("event-1", "task-1", key("event-1")), sent("event-2", "task-2", key("event-2")));
    assertThat(channel.sent())
        .extracting(OutgoingMessage::idempotencyKey)
        .containsExactlyInAnyOrder(key("event-1"), key("event-2"));
    await().until(() -> count("timers where task_name = 'deferred-message'") == 0);
  }

  @Test
  void leavesToItsTimerWhatComesAgainWhenTheNightIsOver() {
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);

    assertThat(agent.apply(created("event-1", "task-1"))).isEmpty();
    assertThat(channel.sent()).isEmpty();

    ring("event-1");
    assertThat(agent.apply(created("event-1", "task-1"))).isEmpty();
    assertThat(channel.sent()).hasSize(1);
  }

  @Test
  void sendsOnceOnSeveralInstances() {
    for (int i = 0; i < 50; i++) {
      agent.apply(created("event-" + i, "task-" + i));
    }
    watch();
    watch();
    watch();
    clock.tick(NIGHT);

    await().until(() -> published.size() == 50);
    await().until(() -> count("timers where task_name = 'deferred-message'") == 0);

    assertThat(channel.sent()).extracting(OutgoingMessage::idempotencyKey).doesNotHaveDuplicates();
    assertThat(published).hasSize(50);
  }

  @Test
  void keepsAnEventThatComesAgainOnce() {
    agent.apply(created("event-1", "task-1"));
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);
    ring("event-1");
    clock.tick(Duration.ofHours(16));
    agent.apply(created("event-1", "task-1"));

    assertThat(count("timers")).isOne();
    assertThat(ring("event-1")).isEmpty();
    assertThat(channel.sent()).hasSize(1);
  }

  @Test
  void repeatsUnderTheSameKeyAfterACrashInTheMiddle() {
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);
    outboxFailures.set(1);
    assertThat(catchRing("event-1")).isTrue();

    alarmOf(newAgent()).ring(key("event-1"));

    assertThat(channel.sent())
        .extracting(OutgoingMessage::idempotencyKey)
        .containsExactly(key("event-1"), key("event-1"));
    assertThat(published).containsExactly(sent("event-1", "task-1", key("event-1")));
  }

  @Test
  void doesNotSendAgainWhatItSentButCouldNotRecord() {
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);
    outboxFailures.set(2);
    assertThat(catchRing("event-1")).isTrue();
    assertThat(catchRing("event-1")).isTrue();

    ring("event-1");

    assertThat(channel.sent()).hasSize(1);
    assertThat(published).containsExactly(sent("event-1", "task-1", key("event-1")));
  }

  @Test
  void sendsADigestAsOneMessageAndTellsOfEachEvent() {
    people.put("user-1", kim(null));
    collect("event-1", "task-1", "user-1");
    collect("event-2", "task-2", "user-1");
    people.put("user-2", kim(null));
    collect("event-3", "task-3", "user-2");
    watch();
    clock.tick(NIGHT);

    await().until(() -> published.size() == 3);

    assertThat(channel.sent()).hasSize(2);
    assertThat(channel.sent())
        .extracting(message -> message.content().subject())
        .containsExactlyInAnyOrder("2 messages", "task-3");
    assertThat(published)
        .filteredOn(event -> !event.cause().equals("event-3"))
        .extracting(Published::cause)
        .containsExactlyInAnyOrder("event-1", "event-2");
    assertThat(published)
        .filteredOn(event -> !event.cause().equals("event-3"))
        .extracting(event -> ((NotificationSent) event.payload()).providerMessageId())
        .containsOnly(
            "<"
                + channel.sent().stream()
                    .filter(message -> message.content().subject().equals("2 messages"))
                    .findFirst()
                    .orElseThrow()
                    .idempotencyKey()
                + "@company.com>");
    await().until(() -> count("timers where task_name = 'deferred-message'") == 0);
  }

  @Test
  void sendsInSeveralDigestsWhatDoesNotFitIntoOne() {
    people.put("user-1", kim(null));
    for (int i = 1; i <= 5; i++) {
      Event<TaskCreated> event = created("event-" + i, "task-" + i, "x".repeat(1_500_000));
      timers.keep(
          new Deferral.Later(key("event-" + i), "email", "user-1", event, NOW.plus(NIGHT), true));
      clock.tick(Duration.ofMillis(1));
    }
    collect("event-6", "task-6", "user-1");
    clock.tick(NIGHT);

    for (int i = 6; i >= 1; i--) {
      ring("event-" + i);
    }

    assertThat(channel.sent())
        .extracting(message -> message.content().subject())
        .containsExactly("3 messages", "2 messages", "task-4");
    assertThat(published)
        .extracting(Published::cause)
        .containsExactlyInAnyOrder(
            "event-1", "event-2", "event-3", "event-4", "event-5", "event-6");
  }

  /** Its timer must not ring for ever, however large the message is. */
  @Test
  void sendsAloneWhatIsLargerThanADigest() {
    people.put("user-1", kim(null));
    Event<TaskCreated> event = created("event-1", "task-1", "x".repeat(5_000_000));
    timers.keep(
        new Deferral.Later(key("event-1"), "email", "user-1", event, NOW.plus(NIGHT), true));
    collect("event-2", "task-2", "user-1");
    clock.tick(NIGHT);

    ring("event-1");
    ring("event-2");

    assertThat(published).extracting(Published::cause).containsExactly("event-1", "event-2");
    assertThat(channel.sent()).hasSize(2);
  }

  /** It was sent alone, but not recorded. Then its owner asked for digests. */
  @Test
  void sendsADigestThoughOneOfItsEventsWasSentUnderTheSameKey() {
    people.put("user-1", kim(null));
    Reach.Somebody kim = (Reach.Somebody) agent.messenger().reach("user-1");
    agent.messenger().send(kim, List.of(created("event-1", "task-1")), key("event-1"));
    collect("event-1", "task-1", "user-1");
    collect("event-2", "task-2", "user-1");
    clock.tick(NIGHT);

    ring("event-1");

    assertThat(channel.sent())
        .extracting(message -> message.content().subject())
        .containsExactly("task-1", "2 messages");
    assertThat(published).extracting(Published::cause).containsExactly("event-1", "event-2");
  }

  /** An event between the first attempt and the next is not part of the message. */
  @Test
  void repeatsADigestAsItWas() {
    people.put("user-1", kim(null));
    collect("event-1", "task-1", "user-1");
    collect("event-2", "task-2", "user-1");
    clock.tick(NIGHT);
    outboxFailures.set(1);
    assertThat(catchRing("event-1")).isTrue();
    collectAt("event-3", "task-3", "user-1", clock.instant());

    DeferralAlarm afterACrash = alarmOf(newAgent());
    assertThat(afterACrash.ring(key("event-2"))).isEmpty();
    afterACrash.ring(key("event-1"));
    afterACrash.ring(key("event-3"));

    assertThat(channel.sent())
        .extracting(message -> message.content().subject())
        .containsExactly("2 messages", "2 messages", "task-3");
    assertThat(channel.sent().get(1).idempotencyKey())
        .isEqualTo(channel.sent().get(0).idempotencyKey());
    assertThat(published)
        .extracting(Published::cause)
        .containsExactly("event-1", "event-2", "event-3");
  }

  @Test
  void waitsForAProviderThatIsDown() {
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);
    channel.failNext(() -> new DependencyUnavailable("smtp", Duration.ofSeconds(7), null));

    assertThat(ring("event-1")).contains(clock.instant().plusSeconds(7));
    assertThat(published).isEmpty();
    clock.tick(Duration.ofSeconds(7));
    ring("event-1");
    assertThat(published).hasSize(1);
  }

  /** Each call that fails may take long, and all channels share the threads. */
  @Test
  void asksAProviderThatIsDownForOneMessageOnly() {
    agent.apply(created("event-1", "task-1"));
    agent.apply(created("event-2", "task-2"));
    clock.tick(NIGHT);
    channel.failNext(() -> new DependencyUnavailable("smtp", Duration.ofSeconds(7), null));
    ring("event-1");

    assertThat(ring("event-2")).contains(clock.instant().plusSeconds(7));
    assertThat(channel.sent()).hasSize(1);
  }

  @Test
  void saysWhatCanNeverBeDelivered() {
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);
    channel.failNext(() -> new Undeliverable("550 no such user"));

    assertThat(ring("event-1")).isEmpty();
    assertThat(published)
        .extracting(Published::payload)
        .containsExactly(
            new NotificationFailed("task-1", "email", "kim@company.com", "550 no such user"));
  }

  @Test
  void givesUpAMessageThatFailsAgainAndAgain() {
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);
    for (int i = 0; i < 3; i++) {
      channel.failNext(() -> new IllegalStateException("451 try again"));
    }

    assertThat(ring("event-1")).contains(clock.instant().plusSeconds(2));
    assertThat(ring("event-1")).contains(clock.instant().plusSeconds(4));
    assertThat(ring("event-1")).isEmpty();

    assertThat(published)
        .extracting(Published::payload)
        .containsExactly(
            new NotificationFailed(
                "task-1", "email", "kim@company.com", "given up after 3 attempts: 451 try again"));
  }

  @Test
  void givesUpAMessageThatDoesNotFitIntoMemory() {
    agent.apply(created("event-1", "task-1"));
    clock.tick(NIGHT);
    for (int i = 0; i < 3; i++) {
      channel.failNext(
          () -> {
            throw new OutOfMemoryError("Java heap space");
          });
    }

    assertThat(ring("event-1")).contains(clock.instant().plusSeconds(2));
    assertThat(ring("event-1")).contains(clock.instant().plusSeconds(4));
    assertThat(ring("event-1")).isEmpty();

    assertThat(published)
        .extracting(Published::payload)
        .containsExactly(
            new NotificationFailed(
                "task-1",
                "email",
                "kim@company.com",
                "given up after 3 attempts: Java heap space"));
  }

  @Test
  void followsThePreferencesOfThatTime() {
    agent.apply(created("event-1", "task-1"));
    people.put("user-1", kim(new QuietHours(LocalTime.of(22, 0), LocalTime.of(9, 0))));
    clock.tick(NIGHT);

    assertThat(ring("event-1")).contains(Instant.parse("2025-01-16T09:00:00Z"));
    people.remove("user-1");
    clock.tick(Duration.ofHours(2));
    ring("event-1");

    assertThat(published)
        .extracting(Published::payload)
        .containsExactly(
            new NotificationFailed("task-1", "email", "user-1", "owner 'user-1' is unknown"));
    assertThat(channel.sent()).isEmpty();
  }

  /** The event comes again after a crash, and its timer is still set. */
  @Test
  void sendsOnceIfTheRecipientGivesQuietHoursUpMeanwhile() {
    agent.apply(created("event-1", "task-1"));
    people.put("user-1", kim(null));

    assertThat(newAgent().apply(created("event-1", "task-1"))).isEmpty();
    clock.tick(NIGHT);
    ring("event-1");

    assertThat(channel.sent()).hasSize(1);
    assertThat(published).containsExactly(sent("event-1", "task-1", key("event-1")));
  }

  @Test
  void sendsAtOnceWhatComesAfterTheRecipientGaveQuietHoursUp() {
    agent.apply(created("event-1", "task-1"));
    people.put("user-1", kim(null));

    assertThat(agent.apply(created("event-2", "task-2"))).hasSize(1);
    assertThat(channel.sent()).hasSize(1);
  }

  @Test
  void sendsNothingIfTheRecipientWantsTheChannelNoMore() {
    agent.apply(created("event-1", "task-1"));
    people.put("user-1", kim(ZoneOffset.UTC, new Preferences(Set.of("sms"), null, Map.of())));
    clock.tick(NIGHT);

    assertThat(ring("event-1")).isEmpty();
    assertThat(published).isEmpty();
    assertThat(channel.sent()).isEmpty();
    assertThat(count("deferred_messages where status = 'PASSED_OVER'")).isOne();
  }

  @Test
  void sendsToTheAddressOfThatTime() {
    agent.apply(created("event-1", "task-1"));
    people.put(
        "user-1",
        new Recipient(
            "user-1", "new@company.com", null, null, List.of(), List.of(), Locale.ENGLISH));
    clock.tick(NIGHT);
    ring("event-1");

    assertThat(channel.sent())
        .extracting(OutgoingMessage::address)
        .containsExactly("new@company.com");
  }

  @Test
  void waitsForTheEndOfTheNightWhereTheRecipientIsNow() {
    agent.apply(created("event-1", "task-1"));
    people.put(
        "user-1",
        kim(
            ZoneId.of("America/St_Johns"),
            new Preferences(
                null, new QuietHours(LocalTime.of(22, 0), LocalTime.of(7, 0)), Map.of())));
    clock.tick(NIGHT);

    assertThat(ring("event-1")).contains(Instant.parse("2025-01-16T10:30:00Z"));
    clock.tick(Duration.ofMinutes(210));
    ring("event-1");
    assertThat(published).hasSize(1);
  }

  @Test
  void sendsInOneDigestWhatWasCollectedBeforeTheRecipientGaveDigestsUp() {
    people.put("user-1", kim(null));
    collect("event-1", "task-1", "user-1");
    collect("event-2", "task-2", "user-1");
    assertThat(agent.apply(created("event-3", "task-3"))).hasSize(1);
    clock.tick(NIGHT);
    ring("event-1");
    ring("event-2");

    assertThat(channel.sent())
        .extracting(message -> message.content().subject())
        .containsExactly("task-3", "2 messages");
    assertThat(published).extracting(Published::cause).containsExactly("event-1", "event-2");
  }

  @Test
  void sendsAloneWhatCameBeforeTheRecipientAskedForDigests() {
    agent.apply(created("event-1", "task-1"));
    people.put(
        "user-1",
        kim(
            ZoneOffset.UTC,
            new Preferences(
                null, null, Map.of("email", new DigestTimes.Daily(LocalTime.of(7, 0))))));
    agent.apply(created("event-2", "task-2"));
    clock.tick(NIGHT);
    ring("event-1");
    ring("event-2");

    assertThat(channel.sent())
        .extracting(message -> message.content().subject())
        .containsExactly("task-1", "task-2");
  }

  @Test
  void forgetsWhatWasSentLongAgoAndNothingElse() {
    agent.apply(created("event-1", "task-1"));
    agent.apply(created("event-2", "task-2"));
    clock.tick(NIGHT);
    ring("event-1");

    messages.forget(clock.instant().plus(Duration.ofDays(1)));

    assertThat(count("deferred_messages")).isOne();
    ring("event-2");
    assertThat(published).hasSize(2);
  }

  private ChannelAgent<TaskCreated> newAgent() {
    return ChannelAgentFixtures.agent(
        channel, owner -> Optional.ofNullable(people.get(owner)), timers, clock);
  }

  private DeferralAlarm alarmOf(ChannelAgent<TaskCreated> agent) {
    return new DeferralAlarm(
        messages, Map.of("email", agent.messenger()), new Outbox(), transaction, 3, clock);
  }

  private Optional<Instant> ring(String eventId) {
    return alarm.ring(key(eventId));
  }

  private boolean catchRing(String eventId) {
    try {
      ring(eventId);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private void collect(String eventId, String taskId, String owner) {
    collectAt(eventId, taskId, owner, NOW.plus(NIGHT));
  }

  private void collectAt(String eventId, String taskId, String owner, Instant at) {
    timers.keep(
        new Deferral.Later(key(eventId), "email", owner, created(eventId, taskId), at, true));
    // Events are collected in the order in which they were stored.
    clock.tick(Duration.ofMillis(1));
  }

  private DeferralWatch watch() {
    DeferralWatch watch =
        new DeferralWatch(dataSource, alarm, () -> {}, Duration.ofMillis(20), 2, clock);
    watches.add(watch);
    watch.start();
    return watch;
  }

  private int count(String what) {
    return database.sql("select count(*) from notification." + what).query(Integer.class).single();
  }

  private static Published sent(String eventId, String taskId, String key) {
    return new Published(
        new NotificationSent(taskId, "email", "kim@company.com", "<" + key + "@company.com>"),
        "req-" + eventId,
        eventId,
        key);
  }

  private static String key(String eventId) {
    return EventIds.derive("notification-email", eventId, "notification.sent", 0);
  }

  private static Recipient kim(@Nullable QuietHours quiet) {
    return new Recipient(
        "user-1",
        "kim@company.com",
        null,
        null,
        List.of(),
        List.of(),
        Locale.ENGLISH,
        ZoneOffset.UTC,
        new Preferences(null, quiet, Map.of()));
  }

  /** Kim, who is in this zone and has these preferences. */
  private static Recipient kim(ZoneId zone, Preferences preferences) {
    Recipient kim = kim(null);
    return new Recipient(
        kim.id(),
        kim.email(),
        kim.phone(),
        kim.slackUser(),
        kim.pushTokens(),
        kim.webPush(),
        kim.language(),
        zone,
        preferences);
  }

  private static Event<TaskCreated> created(String eventId, String taskId) {
    return created(eventId, taskId, "Review");
  }

  private static Event<TaskCreated> created(String eventId, String taskId, String title) {
    return new Event<>(
        eventId,
        "task.created",
        NOW,
        new TaskCreated(taskId, title, "user-1", 2, NOW),
        new EventMetadata("req-" + eventId, "api-call-1", "task-api"));
  }

  /** A published event, with the id that the framework derives. */
  private record Published(
      NotificationEvent payload, String correlation, String cause, String id) {}

  /** Publishes what its transaction commits, and fails as told. */
  private final class Outbox implements EventPublisher<NotificationEvent> {

    @Override
    public <P extends NotificationEvent> Event<P> publish(P payload, Cause cause) {
      if (outboxFailures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new IllegalStateException("The outbox is out of order");
      }
      String type =
          payload instanceof NotificationSent ? "notification.sent" : "notification.failed";
      String id = EventIds.derive("notification-email", cause.causationId(), type, 0);
      published.add(new Published(payload, cause.correlationId(), cause.causationId(), id));
      return new Event<>(
          id,
          type,
          NOW,
          payload,
          new EventMetadata(cause.correlationId(), cause.causationId(), "notification-email"));
    }
  }
}
