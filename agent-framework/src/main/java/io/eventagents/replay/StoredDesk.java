package io.eventagents.replay;

import io.eventagents.DeadLetterDesk;
import io.eventagents.deadletter.ReplayRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The dead letters as they are on the broker. Thread-safe. */
final class StoredDesk implements DeadLetterDesk {

  private final StoredLetters letters;
  private final Replays replays;

  StoredDesk(StoredLetters letters, Replays replays) {
    this.letters = letters;
    this.replays = replays;
  }

  @Override
  public List<Group> groups(Selection selection) {
    CountedLetters counted = new CountedLetters();
    letters.forEach(DeadLetterFilter.of(selection), counted::add);
    return counted.groups();
  }

  @Override
  public Page newest(Selection selection, int atMost) {
    NewestLetters newest = new NewestLetters(atMost);
    letters.forEach(DeadLetterFilter.of(selection), newest::add);
    return newest.page();
  }

  @Override
  public Optional<Letter> find(String agent, String id) {
    return LetterId.parse(id)
        .flatMap(known -> letters.find(agent, known))
        .map(DeadLetterView::withContent);
  }

  @Override
  public Outcome dryRun(Action action, Selection selection) {
    return work(action, selection, true, new Request("", null, Instant.EPOCH), counted -> {});
  }

  @Override
  public Outcome carryOut(
      Action action, Selection selection, Request request, Consumer<Outcome> progress) {
    return work(action, selection, false, request, progress);
  }

  private Outcome work(
      Action action,
      Selection selection,
      boolean dryRun,
      Request request,
      Consumer<Outcome> progress) {
    DeadLetterWork work =
        new DeadLetterWork(
            replays,
            switch (action) {
              case REPLAY -> ReplayRequest.Action.REPLAY;
              case DISCARD -> ReplayRequest.Action.DISCARD;
            },
            dryRun,
            request.by(),
            request.why(),
            request.at(),
            progress);
    DeadLetterFilter filter = DeadLetterFilter.of(selection);
    if (selection.agent() != null && isFew(selection.ids())) {
      String agent = selection.agent();
      selection.ids().stream()
          .sorted()
          .flatMap(id -> LetterId.parse(id).stream())
          .flatMap(id -> letters.find(agent, id).stream())
          .filter(filter::matches)
          .forEach(work::add);
    } else {
      letters.forEach(filter, work::add);
    }
    return work.finish();
  }

  /** So few that looking each up takes less than reading all. */
  private static boolean isFew(Set<String> ids) {
    return !ids.isEmpty() && ids.size() <= 10;
  }
}
