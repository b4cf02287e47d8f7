package io.eventagents.audit.console;

import io.eventagents.DeadLetterDesk;
import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.DeadLetterDesk.Outcome;
import io.eventagents.DeadLetterDesk.Request;
import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Part;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.Confirmation;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A replay or discard of dead letters, until every letter is confirmed. What confirms it is the
 * event in the log, not that something was sent. Thread-safe.
 */
final class ReplayProgress {

  private static final Logger log = LoggerFactory.getLogger(ReplayProgress.class);
  private static final int AT_ONCE = 10_000;

  /** Reading the letters again takes long if there are many. */
  private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(3);

  private static final int MOST_FAILED_AGAIN = 10_000;

  private final Action action;
  private final Selection selection;
  private final Request request;
  private final Clock clock;
  private volatile Outcome sent = new Outcome(false, 0, 0, 0, 0, Map.of(), 0, List.of());
  private volatile boolean allSent;
  private volatile @Nullable String failure;

  private long confirmedUpTo;
  private long replayed;
  private long discarded;
  private long failedAgain;
  private Instant lookedAt = Instant.EPOCH;

  ReplayProgress(Action action, Selection selection, Request request, Clock clock) {
    this.action = action;
    this.selection = selection;
    this.request = request;
    this.clock = clock;
  }

  Action action() {
    return action;
  }

  Selection selection() {
    return selection;
  }

  Request request() {
    return request;
  }

  /** Sends all letters and returns when the broker has them. */
  void run(DeadLetterDesk desk) {
    try {
      sent = desk.carryOut(action, selection, request, progress -> sent = progress);
    } catch (RuntimeException | Error e) {
      log.error("Not all letters could be sent; doing it again does no harm", e);
      failure = String.valueOf(e.getMessage());
    } finally {
      allSent = true;
    }
  }

  /** How far it is, by the log and by the letters themselves. */
  synchronized State state(ChainOutlines log, DeadLetterDesk desk) {
    boolean complete = allSent;
    Outcome outcome = sent;
    long wanted = outcome.requested() + outcome.discarded();
    if (replayed + discarded < wanted) {
      count(log);
    }
    if (complete && replayed + discarded + failedAgain < wanted && isTimeToLook()) {
      countFailedAgain(desk);
    }
    return new State(outcome, replayed, discarded, failedAgain, failure, complete);
  }

  /**
   * How far a replay or discard is.
   *
   * @param outcome what was sent so far
   * @param replayed how many their agents have handled, by {@code delivery.replayed}
   * @param discarded how many are discarded, by {@code delivery.discarded}
   * @param failedAgain how many failed once more
   * @param failure why not all could be sent; null if they could
   * @param allSent whether the sending has ended
   */
  record State(
      Outcome outcome,
      long replayed,
      long discarded,
      long failedAgain,
      @Nullable String failure,
      boolean allSent) {

    /** How many letters are to be confirmed. */
    public long wanted() {
      return outcome.requested() + outcome.discarded();
    }

    /** How many are not confirmed yet. */
    public long open() {
      return Math.max(0, wanted() - confirmed());
    }

    /** How many are confirmed, either way. */
    public long confirmed() {
      return replayed + discarded + failedAgain;
    }

    /** Whether all letters are confirmed. */
    public boolean done() {
      return allSent && confirmed() >= wanted();
    }
  }

  /** Counts all confirmations so far, in as many parts as it takes. */
  private void count(ChainOutlines log) {
    Part<Confirmation> part;
    int looked = 0;
    do {
      part = log.confirmations(request.at(), confirmedUpTo, AT_ONCE, AnswerRoom.PART);
      for (Confirmation one : part.rows()) {
        confirmedUpTo = one.number();
        if (isOurs(one.data())) {
          if (one.eventType().equals("delivery.replayed")) {
            replayed++;
          } else {
            discarded++;
          }
        }
      }
      looked += part.rows().size();
    } while (part.isCut(AT_ONCE) && looked < AT_ONCE);
  }

  private boolean isOurs(String data) {
    try {
      JsonNode json = JsonMapper.shared().readTree(data);
      return json.path("requested_by").asString("").equals(request.by())
          && OffsetDateTime.parse(json.path("requested_at").asString(""))
              .toInstant()
              .equals(request.at());
    } catch (JacksonException | DateTimeException somebodyElses) {
      return false;
    }
  }

  private boolean isTimeToLook() {
    Instant now = clock.instant();
    if (lookedAt.plus(LOOKED_AT_EVERY).isAfter(now)) {
      return false;
    }
    lookedAt = now;
    return true;
  }

  private void countFailedAgain(DeadLetterDesk desk) {
    failedAgain =
        desk
            .newest(
                selection.withStates(Set.of(DeadLetterDesk.State.FAILED_AGAIN)), MOST_FAILED_AGAIN)
            .deadLetters()
            .stream()
            .map(Letter::requestedAt)
            .filter(request.at()::equals)
            .count();
  }
}
