package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Outcome;
import io.eventagents.DeadLetterDesk.Refusal;
import io.eventagents.DeadLetterDesk.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Replays or discards any number of dead letters in chunks, so that they fit into memory. Used by
 * one thread.
 */
final class ChunkedReplay {

  private static final int CHUNK = 500;

  /** A chunk holds up to one dead letter more. */
  private static final long CHUNK_BYTES = 8L * 1024 * 1024;

  private static final int REFUSALS_SHOWN = 100;

  private final Replays replays;
  private final Action action;
  private final @Nullable Request request;
  private final Consumer<Outcome> progress;
  private final Map<String, Long> byAgent = new TreeMap<>();
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<StoredDeadLetter> chunk = new ArrayList<>();
  private long bytes;
  private long matched;
  private long requested;
  private long discarded;
  private long settledBefore;
  private long refused;

  /**
   * @param request who asked, why and when; null if dead letters are only counted
   * @param progress told after each chunk
   */
  ChunkedReplay(
      Replays replays, Action action, @Nullable Request request, Consumer<Outcome> progress) {
    this.replays = replays;
    this.action = action;
    this.request = request;
    this.progress = progress;
  }

  void add(StoredDeadLetter letter) {
    matched++;
    byAgent.merge(letter.agent(), 1L, Long::sum);
    if (letter.resolution().state().isSettled()) {
      settledBefore++;
      return;
    }
    if (request == null) {
      return;
    }
    chunk.add(letter);
    bytes += letter.bytes();
    if (chunk.size() == CHUNK || bytes >= CHUNK_BYTES) {
      carryOut();
    }
  }

  /** Carries out the rest. */
  Outcome finish() {
    carryOut();
    return outcome();
  }

  private Outcome outcome() {
    return new Outcome(
        request == null,
        matched,
        requested,
        discarded,
        settledBefore,
        new TreeMap<>(byAgent),
        refused,
        List.copyOf(refusals));
  }

  private void carryOut() {
    if (!chunk.isEmpty()) {
      List<Refusal> notDone = replays.request(chunk, this::about);
      long now =
          action == Action.DISCARD
              ? chunk.stream().filter(letter -> !letter.holdsKey()).count()
              : 0;
      discarded += now;
      requested += chunk.size() - now - notDone.size();
      refused += notDone.size();
      notDone.stream().limit(REFUSALS_SHOWN - refusals.size()).forEach(refusals::add);
      chunk.clear();
      bytes = 0;
      progress.accept(outcome());
    }
  }

  private ReplayRequest about(StoredDeadLetter letter) {
    return new ReplayRequest(
        action,
        letter.failedAt(),
        letter.header(DeadLetterHeaders.FAILED_EVENT_ID),
        Objects.requireNonNull(request));
  }
}
