package io.eventagents.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.eventagents.Effects;
import io.eventagents.EventType;
import io.eventagents.binding.AgentDefinition;
import io.eventagents.binding.Intake;
import io.eventagents.observation.AgentsEndpoint.AgentView;
import io.eventagents.observation.AgentsEndpoint.StateView;
import io.eventagents.retry.RetryPolicy;
import io.eventagents.send.KafkaBinders;
import io.eventagents.topic.BrokerAdmin;
import io.eventagents.wire.PayloadTypes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.cloud.stream.binder.Binder;
import org.springframework.cloud.stream.binder.BinderFactory;
import org.springframework.cloud.stream.binder.ConsumerProperties;
import org.springframework.cloud.stream.binder.ProducerProperties;
import org.springframework.cloud.stream.config.BindingProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;

/** What an operator sees of agents: endpoint, health, meters. */
class AgentViewsTests {

  sealed interface Taken {}

  @EventType("task.created")
  record TaskCreated(String taskId) implements Taken {}

  @EventType("task.completed")
  record TaskCompleted(String taskId) implements Taken {}

  @EventType("notification.sent")
  record NotificationSent(String taskId) {}

  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");

  private final AgentStatus notifying =
      new AgentStatus(
          new AgentDefinition(
              "notification-sms",
              "notificationSms",
              Effects.EXTERNAL,
              new Intake.Events(PayloadTypes.of(Taken.class)),
              PayloadTypes.of(NotificationSent.class)),
          new RetryPolicy(4, Duration.ofMillis(500), 2, Duration.ofSeconds(10), 0.2),
          16);
  private final AgentStatus auditing =
      new AgentStatus(
          new AgentDefinition(
              "audit-log",
              "auditLog",
              Effects.NONE,
              new Intake.Records(".*-events"),
              PayloadTypes.none()),
          new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0),
          1);
  private final AgentStatuses statuses = new AgentStatuses();

  @BeforeEach
  void areKnown() {
    statuses.add(auditing);
    statuses.add(notifying);
  }

  @Test
  void aRecordThatCannotBeReadIsToldEverywhereUntilItsPartitionGoesOn() {
    TopicPartition partition = new TopicPartition("task-events", 3);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    new AgentMetrics(statuses, Clock.fixed(NOON.plusSeconds(90), ZoneOffset.UTC)).bindTo(meters);
    auditing.running();
    notifying.running();
    notifying.cannotRead(new UnreadableRecord(partition, 7, 9, "too large", NOON));

    Health health = new AgentsHealthIndicator(statuses).health();
    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails())
        .contains(
            entry("audit-log", "running"),
            entry(
                "notification-sms", Map.of("cannot_read", Map.of("task-events-3@7", "too large"))));
    assertThat(Objects.requireNonNull(endpoint(Map.of()).agent("notification-sms")).unreadable())
        .containsExactly(
            new AgentsEndpoint.UnreadableView("task-events-3@7", 9, "too large", NOON));
    assertThat(
            meters.get("event.agents.unreadable").tag("agent", "notification-sms").gauge().value())
        .isEqualTo(1);

    notifying.canRead(partition);
    assertThat(new AgentsHealthIndicator(statuses).health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void anAgentIsListedWithAllThatFollowsFromItsTypes() {
    notifying.counts().handled.add(3);
    notifying.counts().emitted.add(2);
    notifying.running();

    AgentView view = Objects.requireNonNull(endpoint(Map.of()).agent("notification-sms"));

    assertThat(view.takes()).containsExactly("task.created", "task.completed");
    assertThat(view.emits()).containsExactly("notification.sent");
    assertThat(view.topics()).containsExactly("task-events", "notification-sms-replays");
    assertThat(view.outputTopics()).containsExactly("our-notifications");
    assertThat(view.deadLetterTopic()).isEqualTo("notification-sms-dead-letters");
    assertThat(view.group()).isEqualTo("our-group");
    assertThat(view.effects()).isEqualTo("EXTERNAL");
    assertThat(view.concurrency()).isEqualTo(16);
    assertThat(view.retry().longestInAll()).isEqualTo(Duration.ofMillis(4200));
    assertThat(view.state()).isEqualTo(new StateView("running", null, null, null, null));
    assertThat(view.lag()).isNull();
    assertThat(view.counts()).containsEntry("handled", 3L);
    assertThat(view.counts()).containsEntry("emitted", 2L);
  }

  @Test
  void anAgentOfRecordsHasNoDeadLetters() {
    AgentView view = Objects.requireNonNull(endpoint(Map.of()).agent("audit-log"));

    assertThat(view.takes()).containsExactly("every record");
    assertThat(view.topics()).containsExactly(".*-events");
    assertThat(view.deadLetterTopic()).isNull();
    assertThat(view.state().name()).isEqualTo("connecting");
  }

  @Test
  void anAgentThatWaitsSaysForWhat() {
    notifying.waiting("smtp:25", NOON, NOON.plusSeconds(1));

    assertThat(Objects.requireNonNull(endpoint(Map.of()).agent("notification-sms")).state())
        .isEqualTo(new StateView("waiting", "smtp:25", NOON, NOON.plusSeconds(1), null));
  }

  @Test
  void aNameThatNoAgentHasIsNotFound() {
    assertThat(endpoint(Map.of()).agent("sms")).isNull();
  }

  @Test
  void publishersOfOneSourceAreListedTogether() {
    Map<String, PayloadTypes> published = new LinkedHashMap<>();
    published.put("orchestrator " + Taken.class.getName(), PayloadTypes.of(Taken.class));
    published.put("orchestrator X", PayloadTypes.of(NotificationSent.class));
    published.put("two words X", PayloadTypes.of(NotificationSent.class));

    AgentsEndpoint.Report report = endpoint(published).agents();

    assertThat(report.agents())
        .extracting(AgentView::name)
        .containsExactly("audit-log", "notification-sms");
    assertThat(report.publishers())
        .containsExactly(
            entry("orchestrator", Set.of("notification.sent", "task.completed", "task.created")),
            entry("two words", Set.of("notification.sent")));
  }

  @Test
  void healthIsUpWhereAllAgentsRun() {
    notifying.running();
    auditing.connected();

    Health health = new AgentsHealthIndicator(statuses).health();

    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails())
        .containsOnly(entry("audit-log", "running"), entry("notification-sms", "running"));
  }

  @Test
  void healthSaysWhatAnAgentWaitsFor() {
    auditing.running();
    notifying.waiting("smtp:25", NOON, NOON.plusSeconds(1));

    Health health = new AgentsHealthIndicator(statuses).health();

    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails())
        .containsEntry("notification-sms", Map.of("waits_for", "smtp:25", "since", NOON));
  }

  @Test
  void anAgentThatReadsNothingIsNeverUpWhateverBecameOfItsLastBatch() {
    auditing.running();
    notifying.running();
    notifying.notReading(new AgentState.Stopped("stopped on request", NOON, null));
    notifying.running();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    new AgentMetrics(statuses, Clock.fixed(NOON, ZoneOffset.UTC)).bindTo(meters);

    Health health = new AgentsHealthIndicator(statuses).health();

    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails())
        .containsEntry("notification-sms", Map.of("stopped", "stopped on request", "since", NOON));
    assertThat(Objects.requireNonNull(endpoint(Map.of()).agent("notification-sms")).state())
        .isEqualTo(new StateView("stopped", null, NOON, null, "stopped on request"));
    assertThat(waiting(meters)).isEqualTo(1);
    assertThat(gauge(meters, "event.agents.reading")).isZero();
    notifying.reading();
    assertThat(new AgentsHealthIndicator(statuses).health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void anAgentWhoseThreadIsHeldUpIsDown() {
    auditing.running();
    notifying.notReading(new AgentState.Silent(NOON));

    Health health = new AgentsHealthIndicator(statuses).health();

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails())
        .containsEntry("notification-sms", Map.of("has_not_polled_since", NOON));
  }

  @Test
  void aTopicThatAnAgentMayNotReadIsToldEverywhereUntilItMay() {
    auditing.running();
    notifying.running();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    new AgentMetrics(statuses, Clock.fixed(NOON, ZoneOffset.UTC)).bindTo(meters);
    ConsumerStatus consumer = notifying.opened(Duration.ofMinutes(5), true);
    ConsumerStatus another = notifying.opened(Duration.ofMinutes(5), true);
    another.withhold("task-events", NOON.plusSeconds(1));
    consumer.withhold("task-events", NOON);

    Health health = new AgentsHealthIndicator(statuses).health();

    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails())
        .containsEntry("notification-sms", Map.of("may_not_read", Map.of("task-events", NOON)));
    assertThat(Objects.requireNonNull(endpoint(Map.of()).agent("notification-sms")).mayNotRead())
        .containsOnly(entry("task-events", NOON));
    assertThat(gauge(meters, "event.agents.withheld")).isEqualTo(1);
    consumer.allow("task-events");
    notifying.closed(another);
    assertThat(new AgentsHealthIndicator(statuses).health().getStatus()).isEqualTo(Status.UP);
    assertThat(gauge(meters, "event.agents.withheld")).isZero();
  }

  @Test
  void aConsumerWhosePollsFailIsWaitingWhateverBecameOfTheLastBatch() {
    auditing.running();
    ConsumerStatus consumer = notifying.opened(Duration.ofMinutes(5), true);
    notifying.running();

    assertThat(consumer.fails("Kafka (no)", NOON, NOON.plusSeconds(1))).isTrue();
    assertThat(consumer.fails("Kafka (no)", NOON.plusSeconds(1), NOON.plusSeconds(3))).isFalse();

    assertThat(notifying.state())
        .isEqualTo(new AgentState.Waiting("Kafka (no)", NOON, NOON.plusSeconds(3)));
    assertThat(new AgentsHealthIndicator(statuses).health().getStatus())
        .isEqualTo(Status.OUT_OF_SERVICE);
    consumer.polled();
    assertThat(notifying.state()).isInstanceOf(AgentState.Running.class);
  }

  @Test
  void anOpenTransactionIsShownAndIsTroubleWhenItIsOverdue() {
    TopicPartition partition = new TopicPartition("task-events", 3);
    auditing.running();
    notifying.running();
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    new AgentMetrics(statuses, Clock.fixed(NOON.plusSeconds(90), ZoneOffset.UTC)).bindTo(meters);
    notifying.openTransactions(
        List.of(new OpenTransaction(partition, 7, NOON, false, "producerId=4")));

    assertThat(new AgentsHealthIndicator(statuses).health().getStatus()).isEqualTo(Status.UP);
    assertThat(
            Objects.requireNonNull(endpoint(Map.of()).agent("notification-sms")).openTransactions())
        .containsExactly(
            new AgentsEndpoint.TransactionView("task-events-3@7", NOON, "producerId=4"));
    assertThat(gauge(meters, "event.agents.transaction.wait")).isEqualTo(90);

    notifying.openTransactions(
        List.of(new OpenTransaction(partition, 7, NOON, true, "producerId=4")));
    Health health = new AgentsHealthIndicator(statuses).health();
    assertThat(health.getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
    assertThat(health.getDetails())
        .containsEntry(
            "notification-sms", Map.of("waits_for_transactions", Map.of("task-events-3@7", NOON)));
  }

  @Test
  void theLagAndTheLastPollAreMetersThatAskNobody() {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    new AgentMetrics(statuses, Clock.fixed(NOON, ZoneOffset.UTC)).bindTo(meters);
    assertThat(gauge(meters, "event.agents.lag")).isNaN();
    assertThat(gauge(meters, "event.agents.poll.age")).isNaN();
    notifying.lag(OptionalLong.of(12));
    notifying.opened(Duration.ofMinutes(5), true);
    notifying.counts().ended.increment();

    assertThat(gauge(meters, "event.agents.lag")).isEqualTo(12);
    assertThat(gauge(meters, "event.agents.poll.age")).isGreaterThanOrEqualTo(0);
    assertThat(gauge(meters, "event.agents.reading")).isEqualTo(1);
    assertThat(
            meters
                .get("event.agents.consumer.ended")
                .tag("agent", "notification-sms")
                .functionCounter()
                .count())
        .isEqualTo(1);
  }

  private static double gauge(SimpleMeterRegistry registry, String name) {
    return registry.get(name).tag("agent", "notification-sms").gauge().value();
  }

  @Test
  void healthSaysThatAnAgentHasNoBroker() {
    notifying.running();

    assertThat(new AgentsHealthIndicator(statuses).health().getDetails())
        .containsEntry("audit-log", "connecting to the broker");
  }

  @Test
  void sinceWhenAnAgentWaitsIsKeptWhileItWaitsForTheSame() {
    notifying.waiting("smtp:25", NOON, NOON.plusSeconds(1));
    notifying.waiting("smtp:25", NOON.plusSeconds(1), NOON.plusSeconds(3));

    assertThat(notifying.state())
        .isEqualTo(new AgentState.Waiting("smtp:25", NOON, NOON.plusSeconds(3)));

    notifying.waiting("database", NOON.plusSeconds(3), NOON.plusSeconds(4));

    assertThat(notifying.state())
        .isEqualTo(new AgentState.Waiting("database", NOON.plusSeconds(3), NOON.plusSeconds(4)));
  }

  @Test
  void anAgentThatIsAssignedPartitionsWhileItWaitsGoesOnWaiting() {
    notifying.waiting("smtp:25", NOON, NOON.plusSeconds(1));
    notifying.connected();

    assertThat(notifying.state()).isInstanceOf(AgentState.Waiting.class);
  }

  @ParameterizedTest
  @CsvSource({
    "handled,       1",
    "skipped,       2",
    "unreadable,    3",
    "repeated,      4",
    "expired,       5",
    "dead_lettered, 6"
  })
  void whatBecameOfRecordsIsCountedByOutcome(String outcome, double count) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new AgentMetrics(statuses, Clock.fixed(NOON.plusSeconds(90), ZoneOffset.UTC)).bindTo(registry);
    notifying.counts().handled.add(1);
    notifying.counts().skipped.add(2);
    notifying.counts().unreadable.add(3);
    notifying.counts().repeated.add(4);
    notifying.counts().expired.add(5);
    notifying.counts().deadLettered.add(6);

    assertThat(
            registry
                .get("event.agents.events")
                .tag("agent", "notification-sms")
                .tag("outcome", outcome)
                .functionCounter()
                .count())
        .isEqualTo(count);
  }

  @Test
  void retriesEmittedAndWaitingAreMeters() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new AgentMetrics(statuses, Clock.fixed(NOON.plusSeconds(90), ZoneOffset.UTC)).bindTo(registry);
    notifying.counts().retried.add(7);
    notifying.counts().emitted.add(8);
    notifying.running();

    assertThat(
            registry
                .get("event.agents.retries")
                .tag("agent", "notification-sms")
                .functionCounter()
                .count())
        .isEqualTo(7);
    assertThat(
            registry
                .get("event.agents.emitted")
                .tag("agent", "notification-sms")
                .functionCounter()
                .count())
        .isEqualTo(8);
    assertThat(waiting(registry)).isZero();

    notifying.waiting("smtp:25", NOON, NOON);

    assertThat(waiting(registry)).isEqualTo(1);
  }

  private static double waiting(SimpleMeterRegistry registry) {
    return registry.get("event.agents.waiting").tag("agent", "notification-sms").gauge().value();
  }

  private AgentsEndpoint endpoint(Map<String, PayloadTypes> published) {
    BindingServiceProperties bindings = new BindingServiceProperties();
    bindings.setBindings(
        Map.of(
            "notificationSms-in-0",
            binding("task-events,notification-sms-replays", "our-group"),
            "notificationSms-out-0",
            binding("our-notifications", ""),
            "auditLog-in-0",
            binding(".*-events", "audit-log")));
    return new AgentsEndpoint(
        statuses,
        bindings,
        new ConsumerLag(new BrokerAdmin(new KafkaBinders(OtherBinders::new))),
        () -> published);
  }

  private static BindingProperties binding(String destination, String group) {
    BindingProperties binding = new BindingProperties();
    binding.setDestination(destination);
    binding.setGroup(group);
    return binding;
  }

  /** Not a Kafka binder, and so no broker to ask. */
  static final class OtherBinders implements BinderFactory {
    @Override
    @SuppressWarnings("NullAway")
    public <T> Binder<T, ? extends ConsumerProperties, ? extends ProducerProperties> getBinder(
        String configurationName, Class<? extends T> bindableType) {
      return null;
    }
  }
}
