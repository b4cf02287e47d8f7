package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The mail server and Slack misbehave in every way they can. The reconciliation then shows that
 * everything was delivered and that nothing became a dead letter because of it.
 */
@Tag("long")
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class OutsideFaultsIT {

  private static final Duration EACH = Duration.ofSeconds(5);

  /** Longer than the agents wait for an answer, which is 10 s here. */
  private static final Duration HANG = Duration.ofSeconds(12);

  private static final Duration PUSHED_WITHIN = Duration.ofSeconds(60);

  @Test
  void mailServerThatMisbehavesLosesNothing(FaultySystem system) {
    Random random = system.seed().random("mail");
    List<SmtpMode> modes = Arrays.asList(SmtpMode.values());
    Collections.shuffle(modes, random);
    try (TaskLoad load = system.load(12)) {
      for (SmtpMode mode : modes) {
        system.journal().awaitMore(10);
        system.mail().mode(mode);
        Outage.last(mode == SmtpMode.HANGING ? HANG : EACH);
      }
      system.mail().mode(SmtpMode.FINE);
    }

    system.reconcile();
  }

  @Test
  @Tag("extended")
  void slackThatMisbehavesLosesNothing(FaultySystem system) {
    Random random = system.seed().random("slack");
    List<SlackMode> modes = Arrays.asList(SlackMode.values());
    Collections.shuffle(modes, random);
    try (TaskLoad load = system.load(12)) {
      for (SlackMode mode : modes) {
        system.journal().awaitMore(10);
        system.slack().mode(mode);
        Outage.last(mode == SlackMode.HANGING ? HANG : EACH);
      }
      system.slack().mode(SlackMode.FINE);
    }

    system.reconcile();
  }

  @Test
  void channelThatIsDownHoldsUpNoOther(FaultySystem system) {
    system.mail().mode(SmtpMode.HANGING);
    int posts = system.slack().taken().size();
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(30);
    }
    await("posts while the mail server hangs")
        .atMost(Duration.ofSeconds(30))
        .until(() -> system.slack().taken().size() >= posts + 10);
    system.mail().mode(SmtpMode.FINE);

    system.reconcile();
  }

  @Test
  @Tag("extended")
  void calendarServerThatNeverCompletesAnswersHoldsUpNoOther(FaultySystem system) {
    String owner = "user-stalled";
    try (CalendarServer calendars = new CalendarServer(owner)) {
      AgentProcess scheduling =
          system.replace(
              Application.SCHEDULING,
              "--scheduling.caldav.timeout=3s",
              "--scheduling.caldav.longest-delay=5s",
              "--scheduling.caldav.calendars[0].owner=*",
              "--scheduling.caldav.calendars[0].url=" + calendars.url("{owner}"),
              "--scheduling.caldav.calendars[1].owner=" + owner,
              "--scheduling.caldav.calendars[1].url=" + calendars.url(owner));
      for (int i = 0; i < 3; i++) {
        create(system, owner, "stalled" + system.journal().commands().size());
      }
      await("an answer that is never completed").atMost(PUSHED_WITHIN).until(calendars::hasBegun);
      int others = calendars.stored().size();
      try (TaskLoad load = system.load(12)) {
        system.journal().awaitMore(40);
      }
      await("entries in other calendars")
          .atMost(PUSHED_WITHIN)
          .until(() -> calendars.stored().size() >= others + 5);
      scheduling.awaitLogged(
          "WARN", "The calendar of " + owner + " waits", "no whole answer within PT3S");
      assertThat(calendars.stored(owner)).isEmpty();

      calendars.goOn();
      await("the entries that waited")
          .atMost(PUSHED_WITHIN)
          .until(() -> calendars.stored(owner).size() == 3);
      system.reconcile();
    }
  }

  private static void create(FaultySystem system, String owner, String name) {
    TaskClient.Answer answer =
        system
            .client()
            .create(
                Map.of(
                    "title",
                    name,
                    "owner_id",
                    owner,
                    "due_at",
                    Instant.now().plus(Duration.ofDays(2)).toString()),
                name + "-new");
    system.journal().add(new Command(name, "task.created", name + "-new", answer.outcome()));
  }
}
