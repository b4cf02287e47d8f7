package io.eventagents.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short form: the most revealing faults, one after another, under load. */
@WithSystem
@SuppressWarnings("try") // a load works until it is closed
class DenseFaultsIT {

  @Test
  void nothingIsLostAndNothingHappensTwice(FaultySystem system) {
    Random random = system.seed().random("dense");
    List<Runnable> faults = new ArrayList<>();
    faults.add(() -> killTwo(system, random));
    faults.add(() -> killBroker(system));
    faults.add(() -> killDatabase(system));
    faults.add(() -> outsideIsDown(system, random));
    Collections.shuffle(faults, random);
    try (TaskLoad load = system.load(12);
        ForeignLoad foreign = system.foreignLoad()) {
      for (Runnable fault : faults) {
        system.journal().awaitMore(10 + random.nextInt(30));
        fault.run();
      }
      system.journal().awaitMore(20);
    }

    system.reconcile();
  }

  @Test
  void eventsReadAgainFromTheBeginningChangeNothing(FaultySystem system) {
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
    }
    Topics before = system.reconcile();
    Map<String, Integer> mails = system.mail().arrivals();
    Map<String, Integer> posts = system.slack().taken();
    GroupOffsets offsets = new GroupOffsets(system.landscape());
    List<Application> readers = List.of(Application.NOTIFICATION, Application.SCHEDULING);
    readers.forEach(reader -> system.instance(reader).process().terminate());
    readers.forEach(reader -> system.terminate(system.instance(reader)));
    readers.forEach(reader -> reader.groups().forEach(offsets::toBeginning));
    readers.forEach(system::begin);
    readers.forEach(reader -> system.instance(reader).awaitReady());

    Topics after = system.reconcile();
    assertThat(after.of("notification-events").size())
        .as("records of notification-events after everything was read again")
        .isEqualTo(before.of("notification-events").size());
    assertThat(after.of("reminder-events").size())
        .as("records of reminder-events after everything was read again")
        .isEqualTo(before.of("reminder-events").size());
    assertThat(system.mail().arrivals()).as("mails, and how often").isEqualTo(mails);
    assertThat(system.slack().taken()).as("posts, and how often").isEqualTo(posts);
  }

  @Test
  void auditContinuesAfterItsOwnLogWhateverTheOffsetsOfItsGroup(FaultySystem system) {
    GroupOffsets offsets = new GroupOffsets(system.landscape());
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
    }
    // Now its group has a position in every partition.
    system.reconcile();
    system.terminate(system.instance(Application.AUDIT));
    try (TaskLoad load = system.load(12)) {
      system.journal().awaitMore(20);
    }
    Application.AUDIT.groups().forEach(offsets::toEnd);
    system.begin(Application.AUDIT).awaitReady();

    system.reconcile();
  }

  @Test
  void commandsOfManyClientsOnOneTaskAreAllKept(FaultySystem system) {
    ContendedTask task = ContendedTask.create(system.client(), "contended");
    task.change(20);

    task.verify(system.reconcile());
  }

  private static void killTwo(FaultySystem system, Random random) {
    List<Application> all = new ArrayList<>(List.of(Application.values()));
    Collections.shuffle(all, random);
    List<Application> killed = all.subList(0, 2);
    killed.forEach(application -> system.kill(system.instance(application)));
    killed.forEach(system::begin);
    killed.forEach(application -> system.instance(application).awaitReady());
  }

  private static void killBroker(FaultySystem system) {
    system.kafka().kill();
    Outage.last(Duration.ofSeconds(3));
    system.kafka().start();
  }

  private static void killDatabase(FaultySystem system) {
    system.postgreSql().kill();
    Outage.last(Duration.ofSeconds(2));
    system.postgreSql().start();
  }

  private static void outsideIsDown(FaultySystem system, Random random) {
    SmtpMode[] mail = SmtpMode.values();
    SlackMode[] slack = SlackMode.values();
    system.mail().mode(mail[1 + random.nextInt(mail.length - 1)]);
    system.slack().mode(slack[1 + random.nextInt(slack.length - 1)]);
    Outage.last(Duration.ofSeconds(4));
    system.mail().mode(SmtpMode.FINE);
    system.slack().mode(SlackMode.FINE);
  }
}
