package io.eventagents.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Waits until everything promised is there, and nothing else. */
final class Reconciliation implements AutoCloseable {

  /** Long, because machines are slow. Only a test that fails waits this long. */
  private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("faults.patience", 150));

  private final Landscape landscape;
  private final List<Check> checks;
  private final Check verdict;
  private @Nullable TopicReader reader;

  Reconciliation(Landscape landscape) {
    this(landscape, new VerifierCheck(landscape));
  }

  /**
   * @param verdict the check of the audit log once everything is there
   */
  Reconciliation(Landscape landscape, Check verdict) {
    this.landscape = landscape;
    this.verdict = verdict;
    Journal journal = landscape.journal();
    Expectations expectations = new Expectations(landscape.agents());
    this.checks =
        List.of(
            new CommandsCheck(journal),
            new AnswersCheck(journal, expectations),
            new OrderCheck(journal),
            new DeadLettersCheck(journal, expectations),
            new ResolutionsCheck(),
            new FollowUpsCheck(),
            new MessagesCheck("email", "mail", landscape.mail()::arrivals),
            new MessagesCheck("slack", "post", landscape.slack()::taken),
            new AuditLogCheck(new AuditLines(landscape.auditLog())),
            new BacklogCheck(landscape));
  }

  /**
   * Returns when everything is as promised.
   *
   * @throws AssertionError if it is not, with a list of what is wrong or missing
   */
  Topics await() {
    Instant begin = Instant.now();
    Round round = new Round(new Findings(), null);
    while (true) {
      round = next(round);
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

  private Round next(Round before) {
    Topics topics = new Topics(reader().readAll());
    Findings findings = new Findings();
    checks.forEach(check -> check.check(topics, findings));
    Set<String> wrong = findings.stillWrong(before.findings);
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          "Wrong results, seed %d:%n%s".formatted(landscape.seed().value(), findings));
    }
    if (findings.isComplete()) {
      // Lines that were read earlier may have changed since, so the whole log is read once more.
      new AuditLogCheck(new AuditLines(landscape.auditLog())).check(topics, findings);
      verdict.check(topics, findings);
    }
    if (findings.isComplete()) {
      return new Round(findings, topics);
    }
    Awaitility.await().pollDelay(Duration.ofMillis(700)).until(() -> true);
    return new Round(findings, null);
  }

  private TopicReader reader() {
    if (reader == null) {
      reader = new TopicReader(landscape.bootstrapServers());
    }
    return reader;
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /**
   * @param topics the topics if everything is there, otherwise null
   */
  private record Round(Findings findings, @Nullable Topics topics) {}
}
