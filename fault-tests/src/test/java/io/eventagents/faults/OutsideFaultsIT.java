package io.eventagents.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Mail server and Slack misbehave in every way they know. What the reconciliation then shows: all
 * is delivered, nothing is in the dead letters for it, and the other channel was not held up.
 */
@Tag("long")
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class OutsideFaultsIT {

  private static final Duration EACH = Duration.ofSeconds(5);

  /** Longer than the agents wait for an answer, 10 s here. */
  private static final Duration HANG = Duration.ofSeconds(12);

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
}
