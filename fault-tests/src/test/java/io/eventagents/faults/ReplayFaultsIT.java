package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Replays dead letters while their agents are killed. */
@Tag("long")
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class ReplayFaultsIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EMAIL = "notification-email";
  private static final String SLACK = "notification-slack";
  private static final int TASKS = 20;
  private static final int POISON = 3;

  @Test
  void replayedEventIsHandledOnceThoughItsAgentIsKilled(FaultySystem system) {
    Random random = system.seed().random("replays");
    DeadLetterClient deadLetters = new DeadLetterClient(system.port(Application.ORCHESTRATOR));
    for (int i = 0; i < TASKS; i++) {
      TaskStory story = TaskStory.refused("refused" + i);
      while (!story.isOver()) {
        story.next(system.client(), system.journal());
      }
    }
    List<Place> poison = poison(system, random);
    system.reconcile();
    Map<String, Object> mails = filter(EMAIL, Mailboxes.MOVED_REASON);
    assertThat(counted(deadLetters, mails)).isEqualTo(TASKS);

    try (TaskLoad load = system.load(12)) {
      system.mail().acceptsMoved(true);
      // So that mails are in flight when their agent is killed.
      system.mail().mode(SmtpMode.HANGING);
      assertThat(requested(deadLetters, mails)).isEqualTo(TASKS);
      Outage.last(Duration.ofMillis(random.nextInt(500)));
      assertThat(deadLetters.find(EMAIL, "replaying", Mailboxes.MOVED_REASON)).hasSize(TASKS);
      system.kill(system.instance(Application.NOTIFICATION));
      system.mail().mode(SmtpMode.FINE);
      for (JsonNode deadLetter : deadLetters.find(EMAIL, "all", Mailboxes.MOVED_REASON)) {
        deadLetters.replay(deadLetter, "try again");
      }
      system.begin(Application.NOTIFICATION);
      discard(deadLetters, poison);
      await("all replays to be handled")
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(deadLetters.find(EMAIL, "replayed", Mailboxes.MOVED_REASON))
                      .hasSize(TASKS));
    }
    mails.put("state", List.of("all"));
    assertThat(deadLetters.replay(mails).path("settled_before").asInt()).isEqualTo(TASKS);

    Topics topics = system.reconcile();
    assertThat(told(topics, "delivery.replayed", EMAIL)).hasSize(TASKS);
    for (String agent : List.of(EMAIL, SLACK, "reminder-scheduler", "receipt-agent")) {
      assertThat(told(topics, "delivery.discarded", agent))
          .as("the events that report the poison of %s as discarded", agent)
          .hasSize(POISON)
          .allSatisfy(event -> assertThat(event.data("why")).isEqualTo("poison"));
    }
  }

  @Test
  void laterEventsOfAKeyWaitBehindTheFailedOneThroughAKill(FaultySystem system) {
    Random random = system.seed().random("strict order");
    DeadLetterClient deadLetters = new DeadLetterClient(system.port(Application.ORCHESTRATOR));
    LedgerTables ledger = new LedgerTables(system.landscape().databaseUrl());
    String run = new UUID(random.nextLong(), random.nextLong()).toString();
    Map<String, Integer> failing = new HashMap<>();
    List<String> failed = List.of("replayed1-" + run, "replayed2-" + run, "discarded-" + run);
    failed.forEach(account -> failing.put(account, 2 + random.nextInt(8)));
    List<String> others = IntStream.range(0, 5).mapToObj(i -> "fine" + i + "-" + run).toList();
    List<String> accounts = new ArrayList<>(failed);
    accounts.addAll(others);
    ledger.refuse();

    try (ForeignProducer bank = new ForeignProducer(system.landscape())) {
      change(bank, accounts, failing, 1, 10);
      await("the events behind the failed ones to wait")
          .atMost(PATIENCE)
          .until(() -> ledger.held() == waiting(failing, 10));
      system.kill(system.instance(Application.RECEIPTS));
      change(bank, accounts, failing, 11, 20);
      system.begin(Application.RECEIPTS);
    }
    await("the other keys to go on")
        .atMost(PATIENCE)
        .until(
            () ->
                others.stream().allMatch(account -> ledger.steps(account).equals(steps(1, 20)))
                    && ledger.held() == waiting(failing, 20));
    failing.forEach(
        (account, step) -> assertThat(ledger.steps(account)).isEqualTo(steps(1, step - 1)));
    decide(deadLetters, ledger, failed.getLast());

    Topics topics = system.reconcile();
    failed
        .subList(0, 2)
        .forEach(account -> assertThat(ledger.steps(account)).isEqualTo(steps(1, 20)));
    List<Integer> withoutOne = new ArrayList<>(steps(1, 20));
    withoutOne.remove(failing.get(failed.getLast()));
    assertThat(ledger.steps(failed.getLast())).isEqualTo(withoutOne);
    assertThat(ledger.held()).isZero();
    assertThat(ledger.heldKeys()).isZero();
    assertThat(told(topics, "delivery.replayed", LedgerTables.AGENT)).hasSize(2);
    assertThat(told(topics, "delivery.discarded", LedgerTables.AGENT)).hasSize(1);
  }

  /** Replays all dead letters except the one with this key, which it discards; each twice. */
  private static void decide(DeadLetterClient deadLetters, LedgerTables ledger, String discarded) {
    List<JsonNode> open = deadLetters.find(LedgerTables.AGENT, "open", LedgerTables.REFUSED);
    assertThat(open)
        .hasSize(3)
        .allSatisfy(deadLetter -> assertThat(deadLetter.path("holds_key").asBoolean()).isTrue());
    JsonNode left =
        open.stream()
            .filter(deadLetter -> deadLetter.path("key").asString().equals(discarded))
            .findFirst()
            .orElseThrow();
    ledger.refuseNothing();
    deadLetters.discard(left, "not to be booked");
    deadLetters.discard(left, "not to be booked");
    Map<String, Object> replayed = filter(LedgerTables.AGENT, LedgerTables.REFUSED);
    assertThat(counted(deadLetters, replayed)).isEqualTo(2);
    assertThat(requested(deadLetters, replayed)).isEqualTo(2);
    open.stream()
        .filter(deadLetter -> !deadLetter.equals(left))
        .forEach(deadLetter -> deadLetters.replay(deadLetter, "try again"));
    await("the decisions to be carried out")
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(deadLetters.find(LedgerTables.AGENT, "replayed", LedgerTables.REFUSED))
                  .hasSize(2);
              assertThat(deadLetters.find(LedgerTables.AGENT, "discarded", LedgerTables.REFUSED))
                  .hasSize(1);
            });
  }

  private static void change(
      ForeignProducer bank, List<String> accounts, Map<String, Integer> failing, int from, int to) {
    for (int step = from; step <= to; step++) {
      for (String account : accounts) {
        boolean fails = failing.getOrDefault(account, 0) == step;
        bank.accountChanged(account, step, fails ? LedgerTables.REFUSED : LedgerTables.FINE);
      }
    }
  }

  private static int waiting(Map<String, Integer> failing, int steps) {
    return failing.values().stream().mapToInt(step -> steps - step).sum();
  }

  private static List<Integer> steps(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  private static List<Place> poison(FaultySystem system, Random random) {
    Set<Place> before = Expectations.poison(system.journal());
    try (ForeignProducer producer = new ForeignProducer(system.landscape())) {
      for (int i = 0; i < POISON; i++) {
        producer.poison(random);
      }
    }
    Set<Place> poison = new HashSet<>(Expectations.poison(system.journal()));
    poison.removeAll(before);
    return List.copyOf(poison);
  }

  /** Discards each dead letter of these records twice. */
  private static void discard(DeadLetterClient deadLetters, List<Place> poison) {
    for (String agent : List.of(EMAIL, SLACK, "reminder-scheduler", "receipt-agent")) {
      List<JsonNode> mine =
          deadLetters.find(agent, "open", "").stream()
              .filter(deadLetter -> poison.contains(place(deadLetter)))
              .toList();
      assertThat(mine).hasSize(POISON);
      for (JsonNode deadLetter : mine) {
        assertThat(deadLetters.discard(deadLetter, "poison").path("discarded").asInt())
            .isEqualTo(1);
        assertThat(deadLetters.discard(deadLetter, "poison").path("settled_before").asInt())
            .isEqualTo(1);
      }
      assertThat(
              deadLetters.find(agent, "discarded", "").stream()
                  .filter(deadLetter -> poison.contains(place(deadLetter))))
          .hasSize(POISON);
    }
  }

  private static Place place(JsonNode deadLetter) {
    return new Place(
        deadLetter.path("topic").asString(),
        deadLetter.path("partition").asInt(),
        deadLetter.path("offset").asLong());
  }

  private static Map<String, Object> filter(String agent, String reason) {
    return new HashMap<>(Map.of("agent", agent, "reason", reason, "why", "the cause is fixed"));
  }

  /** The number that a dry run counts. It changes nothing. */
  private static int counted(DeadLetterClient deadLetters, Map<String, Object> filter) {
    Map<String, Object> dryRun = new HashMap<>(filter);
    dryRun.put("dry_run", true);
    JsonNode counted = deadLetters.replay(dryRun);
    assertThat(counted.path("requested").asInt()).isZero();
    assertThat(deadLetters.replay(dryRun).path("matched")).isEqualTo(counted.path("matched"));
    return counted.path("matched").asInt();
  }

  private static int requested(DeadLetterClient deadLetters, Map<String, Object> filter) {
    return deadLetters.replay(filter).path("requested").asInt();
  }

  private static List<EventRecord> told(Topics topics, String type, String agent) {
    return Topics.distinct(topics.of(Topics.DELIVERIES)).values().stream()
        .filter(event -> event.type().equals(type))
        .filter(event -> event.data("agent").equals(agent))
        .toList();
  }
}
