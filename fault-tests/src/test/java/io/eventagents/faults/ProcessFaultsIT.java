package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Applications end orderly and abruptly, come back, and scale up and down. */
@Tag("long")
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class ProcessFaultsIT {

  /** The framework promises 10 s; the rest allows for a busy machine. */
  private static final Duration AT_WORK_WITHIN = Duration.ofSeconds(20);

  /** A member that does not leave its group stays in it until its session ends, 15 s. */
  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  @Test
  void everyApplicationIsKilledAtRandomMoments(FaultySystem system) {
    Random random = system.seed().random("kills");
    try (TaskLoad load = system.load(12);
        ForeignLoad foreign = system.foreignLoad()) {
      for (Application application : shuffled(random)) {
        system.journal().awaitMore(5 + random.nextInt(25));
        system.kill(system.instance(application));
        beginAgain(system, application);
      }
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  void sigtermUnderLoadEndsSoonAndLosesNothing(FaultySystem system) {
    GroupOffsets groups = new GroupOffsets(system.landscape());
    Random random = system.seed().random("sigterm");
    try (TaskLoad load = system.load(12)) {
      for (Application application : shuffled(random)) {
        system.journal().awaitMore(5 + random.nextInt(15));
        int status = system.terminate(system.instance(application));

        assertThat(status).as("the exit code of %s", application).isIn(0, 143);
        for (String group : application.groups()) {
          await(application + " to leave " + group)
              .atMost(AT_ONCE)
              .until(() -> groups.members(group) == 0);
        }
        beginAgain(system, application);
      }
    }

    system.reconcile();
  }

  @Test
  @Tag("extended")
  void rollingRestartLosesNothing(FaultySystem system) {
    List<Application> rolled =
        List.of(Application.NOTIFICATION, Application.SCHEDULING, Application.RECEIPTS);
    try (TaskLoad load = system.load(12)) {
      for (Application application : rolled) {
        AgentProcess old = system.instance(application);
        system.beginAnother(application).awaitReady();
        system.journal().awaitMore(10);
        system.terminate(old);
      }
      system.journal().awaitMore(10);
    }

    system.reconcile();
  }

  @Test
  @Tag("extended")
  void scalingFromOneToThreeToOneLosesNothing(FaultySystem system) {
    GroupOffsets groups = new GroupOffsets(system.landscape());
    Application scaled =
        List.of(Application.NOTIFICATION, Application.SCHEDULING, Application.RECEIPTS)
            .get(system.seed().random("scaled").nextInt(3));
    try (TaskLoad load = system.load(12)) {
      system.beginAnother(scaled);
      system.beginAnother(scaled);
      system.instances(scaled).forEach(AgentProcess::awaitReady);
      for (String group : scaled.groups()) {
        await(group + " to have three members")
            .atMost(AgentProcess.PATIENCE)
            .until(() -> groups.members(group) == 3);
      }
      system.journal().awaitMore(40);
      system.terminate(system.instances(scaled).get(0));
      system.journal().awaitMore(10);
      system.terminate(system.instances(scaled).get(1));
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  void oneInstanceAtATimeSendsTheOutbox(FaultySystem system) {
    Repeats before = Repeats.of(system.reconcile(), system);
    try (TaskLoad load = system.load(25)) {
      system.beginAnother(Application.ORCHESTRATOR).awaitReady();
      system.journal().awaitMore(100);
      system.terminate(system.instances(Application.ORCHESTRATOR).getFirst());
      system.journal().awaitMore(20);
    }

    Repeats after = Repeats.of(system.reconcile(), system);
    assertThat(after.commands()).isEqualTo(before.commands());
  }

  @Test
  void unacknowledgedRecordsDoNotCountAsSent(FaultySystem system) {
    List<Application> cutOff =
        List.of(Application.RECEIPTS, Application.NOTIFICATION, Application.SCHEDULING);
    system.lead(cutOff, Way.SLOW_BROKER);
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
      system.kafka().slowWay().swallowWrites(true);
      system.journal().awaitMore(30);
    }
    cutOff.forEach(application -> system.kill(system.instance(application)));
    system.kafka().slowWay().swallowWrites(false);
    cutOff.forEach(system::begin);

    system.reconcile();
  }

  @Test
  void applicationsStartedWithoutABrokerWorkSoonAfterItStarts(FaultySystem system) {
    List<Application> started =
        List.of(Application.ORCHESTRATOR, Application.NOTIFICATION, Application.AUDIT);
    // Not killed, because a killed member keeps its partitions until its session ends.
    started.forEach(application -> system.terminate(system.instance(application)));
    system.kafka().stop();
    started.forEach(system::begin);
    started.forEach(application -> system.instance(application).awaitReady());
    started.forEach(
        application ->
            assertThat(system.instance(application).get("/actuator/health/liveness"))
                .as("liveness of %s without a broker", application)
                .isEqualTo(200));
    int mails = system.mail().arrivals().size();
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(10);
    }
    system.kafka().start();
    Instant came = Instant.now();

    await("the first mail after the broker's start")
        .atMost(AT_WORK_WITHIN)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> system.mail().arrivals().size() > mails);
    System.out.printf(
        "At work %d ms after the broker's start%n",
        Duration.between(came, Instant.now()).toMillis());
    system.reconcile();
  }

  /**
   * Starts an application again without waiting. Only the orchestrator must be ready, because
   * without it there is no load.
   */
  private static void beginAgain(FaultySystem system, Application application) {
    AgentProcess begun = system.begin(application);
    if (application == Application.ORCHESTRATOR) {
      begun.awaitReady();
    }
  }

  private static List<Application> shuffled(Random random) {
    List<Application> all = new ArrayList<>(List.of(Application.values()));
    Collections.shuffle(all, random);
    return all;
  }
}
