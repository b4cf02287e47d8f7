package io.eventagents.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What clients and foreign producers did, in order. Thread-safe. */
final class Journal {

  private final List<Command> commands = new ArrayList<>();
  private final List<ForeignRecord> foreign = new CopyOnWriteArrayList<>();

  synchronized void add(Command command) {
    commands.add(command);
  }

  synchronized List<Command> commands() {
    return List.copyOf(commands);
  }

  synchronized long accepted() {
    return commands.stream()
        .filter(command -> command.outcome() == Command.Outcome.ACCEPTED)
        .count();
  }

  /** Returns when this many more commands have been accepted. */
  void awaitMore(int commands) {
    long enough = accepted() + commands;
    await(commands + " more accepted commands")
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> accepted() >= enough);
  }

  void add(ForeignRecord record) {
    foreign.add(record);
  }

  /** The records that other programs wrote to the topics. */
  List<ForeignRecord> foreign() {
    return List.copyOf(foreign);
  }
}
