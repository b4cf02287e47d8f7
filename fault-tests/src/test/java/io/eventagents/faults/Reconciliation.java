package io.eventagents.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** Waits until everything that was promised is there, and nothing else. */
final class Reconciliation {

  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private final Landscape landscape;
  private final List<Check> checks;

  Reconciliation(Landscape landscape) {
    this.landscape = landscape;
    Journal journal = landscape.journal();
    Expectations expectations = new Expectations(landscape.agents());
    this.checks =
        List.of(
            new CommandsCheck(journal),
            new AnswersCheck(journal, expectations),
            new OrderCheck(journal),
            new DeadLettersCheck(journal, expectations),
            new MessagesCheck("email", "mail", landscape.mail()::arrivals),
            new MessagesCheck("slack", "post", landscape.slack()::taken),
            new AuditLogCheck(landscape.auditLog()),
            new BacklogCheck(landscape));
  }

  /**
   * Returns when all is as it must be.
   *
   * @throws AssertionError where it is not, with what lacks what
   */
  Topics await() {
    Instant begin = Instant.now();
    try (TopicReader reader = new TopicReader(landscape.bootstrapServers())) {
      Round round = new Round(new Findings(), null);
      while (true) {
        round = next(round, reader);
        if (round.topics != null) {
          System.out.printf(
              "Reconciled after %s ms: %d events%n",
              Duration.between(begin, Instant.now()).toMillis(), round.topics.events().size());
          return round.topics;
        }
        if (Instant.now().isAfter(begin.plus(PATIENCE))) {
          throw new AssertionError(
              "Not reconciled within %s, seed %d:%n%s"
                  .formatted(PATIENCE, landscape.seed().value(), round.findings));
        }
      }
    }
  }

  private Round next(Round before, TopicReader reader) {
    Topics topics = new Topics(reader.readAll());
    Findings findings = new Findings();
    checks.forEach(check -> check.check(topics, findings));
    Set<String> wrong = findings.stillWrong(before.findings);
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "Not as promised, seed %d:%n%s".formatted(landscape.seed().value(), findings));
    }
    if (findings.isComplete()) {
      return new Round(findings, topics);
    }
    Awaitility.await().pollDelay(Duration.ofMillis(700)).until(() -> true);
    return new Round(findings, null);
  }

  /**
   * @param topics where it is complete
   */
  private record Round(Findings findings, @org.jspecify.annotations.Nullable Topics topics) {}
}
