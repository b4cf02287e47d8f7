package io.eventagents.faults;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The broker and the database go away, come back, hang and are slow. */
@Tag("long")
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class ServerFaultsIT {

  @Test
  @Tag("extended")
  void brokerThatIsStoppedForHalfAMinuteLosesNothing(FaultySystem system) {
    try (TaskLoad load = system.load(12);
        ForeignLoad foreign = system.foreignLoad()) {
      system.journal().awaitMore(20);
      system.kafka().stop();
      Outage.last(Duration.ofSeconds(30));
      system.kafka().start();
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  void brokerThatIsKilledOrHangsLosesNothing(FaultySystem system) {
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(15 + system.seed().random("broker").nextInt(20));
      system.kafka().kill();
      Outage.last(Duration.ofSeconds(3));
      system.kafka().start();
      system.journal().awaitMore(40);
      system.kafka().process().freeze();
      Outage.last(Duration.ofSeconds(8));
      system.kafka().process().thaw();
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  void databaseThatIsStoppedOrKilledLosesNothing(FaultySystem system) {
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
      system.postgreSql().stop();
      Outage.last(Duration.ofSeconds(8));
      system.postgreSql().start();
      system.journal().awaitMore(20 + system.seed().random("database").nextInt(20));
      system.postgreSql().kill();
      Outage.last(Duration.ofSeconds(2));
      system.postgreSql().start();
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  void brokerThatAnswersSlowlyLosesNothing(FaultySystem system) {
    List<Application> slowed = List.of(Application.NOTIFICATION, Application.RECEIPTS);
    system.lead(slowed, Way.SLOW_BROKER);
    try (TaskLoad load = system.load(12)) {
      for (int delay : List.of(100, 400, 1_200)) {
        system.kafka().slowWay().delay(Duration.ofMillis(delay));
        system.journal().awaitMore(40);
      }
      system.kafka().slowWay().delay(Duration.ofMillis(50));
    }

    system.reconcile();
  }
}
