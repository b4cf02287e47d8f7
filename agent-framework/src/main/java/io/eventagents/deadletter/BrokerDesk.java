package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk;
import io.eventagents.send.RecordSender;
import io.eventagents.topic.TopicReader;
import io.eventagents.wire.EventReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The dead letters on the broker. Thread-safe. */
public final class BrokerDesk implements DeadLetterDesk {

  private final DeadLetterStore letters;
  private final Replays replays;

  /**
   * @param topics reads the dead letters, what became of them, and the events that failed
   * @param sender sends to the agents
   * @param resolutions records what becomes of the dead letters
   */
  public BrokerDesk(
      TopicReader topics, EventReader reader, RecordSender sender, Resolutions resolutions) {
    this.letters = new DeadLetterStore(topics, reader);
    this.replays = new Replays(sender, resolutions, topics::read);
  }

  @Override
  public List<Group> groups(Selection selection) {
    DeadLetterGroups counted = new DeadLetterGroups();
    letters.forEach(selection, counted::add);
    return counted.groups();
  }

  @Override
  public Page newest(Selection selection, int atMost) {
    NewestDeadLetters newest = new NewestDeadLetters(atMost);
    letters.forEach(selection, newest::add);
    return newest.page();
  }

  @Override
  public Optional<Letter> find(String agent, String id) {
    return DeadLetterId.parse(id)
        .flatMap(known -> letters.find(agent, known))
        .map(DeadLetterView::withContent);
  }

  @Override
  public Outcome dryRun(Action action, Selection selection) {
    return work(action, selection, null, counted -> {});
  }

  @Override
  public Outcome carryOut(
      Action action, Selection selection, Request request, Consumer<Outcome> progress) {
    return work(action, selection, request, progress);
  }

  private Outcome work(
      Action action, Selection selection, @Nullable Request request, Consumer<Outcome> progress) {
    ChunkedReplay work = new ChunkedReplay(replays, action, request, progress);
    if (selection.agent() != null && isFew(selection.ids())) {
      String agent = selection.agent();
      selection.ids().stream()
          .sorted()
          .flatMap(id -> DeadLetterId.parse(id).stream())
          .flatMap(id -> letters.find(agent, id).stream())
          .filter(letter -> letter.isMeantBy(selection))
          .forEach(work::add);
    } else {
      letters.forEach(selection, work::add);
    }
    return work.finish();
  }

  /** Whether looking each up takes less time than reading all. */
  private static boolean isFew(Set<String> ids) {
    return !ids.isEmpty() && ids.size() <= 10;
  }
}
