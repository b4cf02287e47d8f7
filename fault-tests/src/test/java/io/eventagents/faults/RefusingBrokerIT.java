package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker answers, but denies agents what they need. */
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class RefusingBrokerIT {

  private static final List<Application> READERS =
      List.of(
          Application.NOTIFICATION,
          Application.SCHEDULING,
          Application.RECEIPTS,
          Application.AUDIT);

  private static final List<Application> ALL = List.of(Application.values());

  @Test
  @Tag("extended")
  void topicThatIsDeniedForAWhileLosesNothing(FaultySystem system) {
    system.lead(READERS, Way.GUARDED_BROKER);
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
      system.kafka().guard().denyReading(Topics.TASKS);
      for (Application reader : READERS) {
        AgentProcess instance = system.instance(reader);
        instance.awaitOutOfService("\"may_not_read\":{\"" + Topics.TASKS + "\"");
        instance.awaitLogged("ERROR", "may not read the topic " + Topics.TASKS + " and leaves its");
      }
      system.journal().awaitMore(20);
      system.kafka().guard().letIn();
      READERS.forEach(reader -> system.instance(reader).awaitUp());
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  @Tag("extended")
  void passwordThatIsWrongForAWhileLosesNothing(FaultySystem system) {
    system.lead(ALL, Way.GUARDED_BROKER);
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
      system.kafka().guard().changePassword();
      for (Application reader : READERS) {
        AgentProcess instance = system.instance(reader);
        instance.awaitOutOfService("\"waits_for\":\"", "uthentication");
        instance.awaitLogged("WARN", "pauses: Kafka refuses it");
      }
      system.journal().awaitMore(20);
      Outage.last(Duration.ofSeconds(10));
      system.kafka().guard().letIn();
      ALL.forEach(application -> system.instance(application).awaitUp());
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  @Tag("extended")
  void newTopicThatIsDeniedToTheAuditHoldsUpNoOther(FaultySystem system) {
    system.lead(List.of(Application.AUDIT), Way.GUARDED_BROKER);
    AgentProcess audit = system.instance(Application.AUDIT);
    AuditLines lines = new AuditLines(system.auditLog());
    try (TaskLoad load = system.load(12);
        ForeignProducer post = new ForeignProducer(system.landscape())) {
      system.journal().awaitMore(20);
      system.kafka().guard().denyReading(Topics.PARCELS);
      create(system, Topics.PARCELS);
      for (int i = 0; i < 10; i++) {
        post.parcelSent(i % 2);
      }
      audit.awaitOutOfService("\"may_not_read\":{\"" + Topics.PARCELS + "\"");
      assertThat(audit.meter("event_agents_withheld{agent=\"audit-log\"}")).isEqualTo(1);
      audit.awaitLogged("ERROR", "audit-log may not read the topic " + Topics.PARCELS);

      long before = lines(lines, Topics.TASKS);
      system.journal().awaitMore(30);
      await("lines of other topics")
          .atMost(Duration.ofSeconds(30))
          .until(() -> lines(lines, Topics.TASKS) >= before + 30);
      assertThat(lines(lines, Topics.PARCELS)).isZero();
      system.kafka().guard().letIn();
      audit.awaitUp();
    }

    system.reconcile();
    assertThat(lines(lines, Topics.PARCELS)).isEqualTo(10);
  }

  @Test
  @Tag("extended")
  void transactionLeftOpenIsNamedAndLosesNothing(FaultySystem system) {
    int partition = 0;
    try (TaskLoad load = system.load(12);
        ForeignProducer importer = new ForeignProducer(system.landscape())) {
      system.journal().awaitMore(20);
      try (OpenTransaction open = new OpenTransaction(system.landscape(), "importer")) {
        open.write(Topics.TASKS, partition);
        for (Application reader : READERS) {
          AgentProcess instance = system.instance(reader);
          awaitNamed(instance, Topics.TASKS + "-" + partition);
          // After a minute, it is no longer just a slow producer.
          instance.awaitOutOfService("\"waits_for_transactions\":{\"" + Topics.TASKS + "-0");
          for (String agent : readersOfTasks(reader)) {
            String label = "{agent=\"" + agent + "\"}";
            assertThat(instance.meter("event_agents_lag" + label)).isPositive();
            assertThat(instance.meter("event_agents_transaction_wait_seconds" + label))
                .isPositive();
          }
        }
        system.journal().awaitMore(20);
      }
      READERS.forEach(reader -> system.instance(reader).awaitUp());
      system.journal().awaitMore(20);
      // A partition that ends with the marker of a transaction has a lag of one forever.
      importer.taskCreated(partition, "user-importer");
    }

    system.reconcile();
  }

  private static void awaitNamed(AgentProcess instance, String partition) {
    await(instance + " to name the transaction")
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                assertThat(instance.body("/actuator/agents"))
                    .contains("\"openTransactions\":[{\"position\":\"" + partition)
                    .contains("transactionalId=importer"));
  }

  private static List<String> readersOfTasks(Application application) {
    List<String> readers = new ArrayList<>(application.groups());
    readers.remove(LedgerTables.AGENT);
    return readers;
  }

  private static long lines(AuditLines lines, String topic) {
    return lines.read().stream().filter(line -> line.place().topic().equals(topic)).count();
  }

  private static void create(FaultySystem system, String topic) {
    try (Admin admin = system.landscape().admin()) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
