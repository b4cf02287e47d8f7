package io.eventagents.audit.console;

import io.eventagents.DeadLetterDesk;
import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Request;
import io.eventagents.DeadLetterDesk.Selection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The last replays and discards that were started here. They go on whether or not anybody looks. A
 * restart forgets them; the letters themselves tell their state. Thread-safe.
 */
final class ReplaysUnderWay {

  private static final int KEPT = 50;

  private final Clock clock;
  private final Map<String, ReplayProgress> replays =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ReplayProgress> eldest) {
          return size() > KEPT;
        }
      };

  ReplaysUnderWay(Clock clock) {
    this.clock = clock;
  }

  /** Begins a replay or discard and returns its id. */
  String begin(
      DeadLetterDesk desk, Action action, Selection selection, String by, @Nullable String why) {
    ReplayProgress replay =
        new ReplayProgress(
            action,
            selection,
            new Request(by, why, clock.instant().truncatedTo(ChronoUnit.MILLIS)),
            clock);
    String id = UUID.randomUUID().toString();
    synchronized (replays) {
      replays.put(id, replay);
    }
    Thread.ofVirtual().name("dead-letters-" + id).start(() -> replay.run(desk));
    return id;
  }

  Optional<ReplayProgress> find(String id) {
    synchronized (replays) {
      return Optional.ofNullable(replays.get(id));
    }
  }
}
