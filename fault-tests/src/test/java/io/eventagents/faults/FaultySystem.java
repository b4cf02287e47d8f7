package io.eventagents.faults;

import io.eventagents.embedded.EmbeddedPostgreSql;
import io.eventagents.embedded.SilentProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The whole system: broker, database, mail server, Slack and the applications, each with its own
 * ports and the applications in processes of their own.
 */
final class FaultySystem implements AutoCloseable {

  private static final String DATABASE = "agents";

  private final Path directory;
  private final Seed seed;
  private final KafkaServer kafka;
  private final EmbeddedPostgreSql postgreSql;
  private final MailServer mail = new MailServer();
  private final SlackWebhook slack = new SlackWebhook();
  private final SilentProxy detour;
  private final Programs programs;
  private volatile Programs version;
  private final @Nullable Application offClock;
  private final ApplicationSettings settings;
  private final Map<Application, Integer> ports = new ConcurrentHashMap<>();
  private final List<AgentProcess> running = new CopyOnWriteArrayList<>();
  private final Journal journal = new Journal();
  private final AtomicInteger runs = new AtomicInteger();
  private @Nullable Reconciliation reconciliation;
  private final Map<Way, List<Application>> ways = new ConcurrentHashMap<>();
  private final Set<AgentProcess> special = ConcurrentHashMap.newKeySet();

  private FaultySystem(Path directory, Seed seed, @Nullable Programs version) {
    this.directory = directory;
    this.seed = seed;
    this.kafka = new KafkaServer(directory);
    kafka.begin();
    CompletableFuture<Programs> unpacking =
        CompletableFuture.supplyAsync(
            () -> Programs.unpack(Application.repository(), directory.resolve("programs")));
    postgreSql = database(directory);
    detour = new SilentProxy(Loopback.freePort(), postgreSql.port());
    programs = unpacking.join();
    this.version = version == null ? programs : version;
    kafka.awaitUp();
    Application[] all = Application.values();
    // A test of an earlier version decides itself when a reminder is due, so no clock is wrong
    // there.
    offClock = version == null ? all[seed.random("clock").nextInt(all.length - 1)] : null;
    settings =
        new ApplicationSettings(
            kafka,
            postgreSql,
            databaseUrl(),
            "jdbc:postgresql://%s:%d/%s".formatted(Loopback.HOST, detour.port(), DATABASE),
            mail,
            slack,
            auditLog(),
            seed,
            offClock);
    for (Application application : all) {
      ports.put(application, Loopback.freePort());
    }
  }

  /** Starts servers and applications, and returns when all are ready. */
  static FaultySystem start(Path directory, Seed seed) {
    return start(directory, seed, null);
  }

  /**
   * The same with the applications of another version. Everything else is of this version.
   *
   * @param version the version; null for this one
   */
  static FaultySystem start(Path directory, Seed seed, @Nullable Programs version) {
    return start(directory, seed, version, List.of(Application.values()));
  }

  /** Starts the servers and only these applications. */
  static FaultySystem startOnly(List<Application> applications, Path directory, Seed seed) {
    return start(directory, seed, null, applications);
  }

  private static FaultySystem start(
      Path directory, Seed seed, @Nullable Programs version, List<Application> applications) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    FaultySystem system = new FaultySystem(directory, seed, version);
    try {
      List<AgentProcess> starting = applications.stream().map(system::begin).toList();
      starting.forEach(AgentProcess::awaitReady);
      return system;
    } catch (RuntimeException | Error e) {
      system.close();
      throw e;
    }
  }

  Landscape landscape() {
    return new Landscape(
        seed,
        journal,
        kafka.bootstrapServers(),
        "%s?user=%s&password=%s"
            .formatted(databaseUrl(), postgreSql.username(), postgreSql.password()),
        List.of(
            Application.ORCHESTRATOR.schema(),
            Application.NOTIFICATION.schema(),
            Application.SCHEDULING.schema(),
            Application.RECEIPTS.schema()),
        mail,
        slack,
        auditLog(),
        Arrays.stream(Application.values())
            .flatMap(application -> application.groups().stream())
            .collect(Collectors.toSet()));
  }

  /** Starts clients that send about this many commands per second. */
  TaskLoad load(int perSecond) {
    return load(perSecond, client());
  }

  /** The same, through this client. */
  TaskLoad load(int perSecond, TaskClient client) {
    return TaskLoad.start(client, seed, journal, "run" + runs.incrementAndGet(), perSecond);
  }

  /** A client of all running instances of the orchestrator. */
  TaskClient client() {
    return new TaskClient(
        () -> instances(Application.ORCHESTRATOR).stream().map(AgentProcess::port).toList());
  }

  /** Starts a producer of duplicates and poison. */
  ForeignLoad foreignLoad() {
    return ForeignLoad.start(landscape(), "run" + runs.incrementAndGet());
  }

  /** Returns when everything is as promised, or fails. */
  Topics reconcile() {
    if (reconciliation == null) {
      reconciliation = new Reconciliation(landscape());
    }
    return reconciliation.await();
  }

  /**
   * The same, with another verdict on the audit log.
   *
   * @param status the exit code of {@code verify}
   * @param verdict a text that it prints
   */
  Topics reconcile(int status, String verdict) {
    Landscape landscape = landscape();
    try (Reconciliation once =
        new Reconciliation(landscape, new VerifierCheck(landscape, status, verdict))) {
      return once.await();
    }
  }

  /** Restores the normal state: all servers up, one instance of each application, and no faults. */
  void heal() {
    mail.mode(SmtpMode.FINE);
    slack.mode(SlackMode.FINE);
    mail.acceptsMoved(false);
    detour.silent(false);
    kafka.slowWay().delay(Duration.ZERO);
    kafka.slowWay().swallowWrites(false);
    if (!kafka.process().isAlive()) {
      kafka.start();
    }
    postgreSql.start();
    if (ways.containsKey(Way.GUARDED_BROKER)) {
      kafka.guard().letIn();
    }
    Set<Application> led = ways.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    ways.clear();
    List.copyOf(special).forEach(this::terminate);
    for (Application application : Application.values()) {
      // An application that was led another way connects directly again.
      long staying = led.contains(application) ? 0 : 1;
      instances(application).stream().skip(staying).forEach(this::terminate);
      if (instances(application).isEmpty()) {
        begin(application);
      }
    }
    running.forEach(AgentProcess::awaitReady);
  }

  Journal journal() {
    return journal;
  }

  Seed seed() {
    return seed;
  }

  KafkaServer kafka() {
    return kafka;
  }

  EmbeddedPostgreSql postgreSql() {
    return postgreSql;
  }

  /** The proxy in front of the database, for applications that are led on a detour. */
  SilentProxy detour() {
    return detour;
  }

  private String databaseUrl() {
    return postgreSql.jdbcUrl(DATABASE);
  }

  MailServer mail() {
    return mail;
  }

  SlackWebhook slack() {
    return slack;
  }

  Path auditLog() {
    return directory.resolve("audit-log");
  }

  /** The applications of this version. */
  Programs programs() {
    return programs;
  }

  /** Starts applications of this version from now on. */
  void startFrom(Programs version) {
    this.version = version;
  }

  /** Leads these applications to a server this way. Each is killed and started again. */
  void lead(List<Application> applications, Way way) {
    if (way == Way.GUARDED_BROKER) {
      kafka.guard().letIn();
    }
    ways.put(way, List.copyOf(applications));
    applications.forEach(application -> kill(instance(application)));
    applications.forEach(this::begin);
    applications.forEach(application -> instance(application).awaitReady());
  }

  /** The running instances of an application, in the order of their start. */
  List<AgentProcess> instances(Application application) {
    return running.stream().filter(instance -> instance.application() == application).toList();
  }

  AgentProcess instance(Application application) {
    return instances(application).getFirst();
  }

  /**
   * Starts the instance of an application on its usual port, without waiting.
   *
   * @param more further arguments
   */
  AgentProcess begin(Application application, String... more) {
    return begin(application, port(application), more);
  }

  /**
   * Replaces the instance of an application by one with more arguments, until the system is healed.
   *
   * @param more the further arguments
   */
  AgentProcess replace(Application application, String... more) {
    terminate(instance(application));
    AgentProcess replaced = begin(application, more);
    special.add(replaced);
    return replaced.awaitReady();
  }

  /** Starts another instance, without waiting. */
  AgentProcess beginAnother(Application application) {
    return begin(application, Loopback.freePort());
  }

  /** Kills an instance with SIGKILL. */
  void kill(AgentProcess instance) {
    instance.process().kill();
    gone(instance);
  }

  /**
   * Sends SIGTERM and returns when the instance has ended.
   *
   * @return the exit code
   */
  int terminate(AgentProcess instance) {
    instance.process().terminate();
    int status = instance.process().awaitExit(Duration.ofSeconds(60));
    gone(instance);
    return status;
  }

  private void gone(AgentProcess instance) {
    running.remove(instance);
    special.remove(instance);
  }

  int port(Application application) {
    Integer port = ports.get(application);
    if (port == null) {
      throw new IllegalStateException(application + " has no port");
    }
    return port;
  }

  @Override
  public void close() {
    if (reconciliation != null) {
      reconciliation.close();
    }
    running.forEach(instance -> instance.process().terminate());
    for (AgentProcess instance : running) {
      try {
        instance.process().awaitExit(Duration.ofSeconds(20));
      } catch (AssertionError tooSlow) {
        instance.process().kill();
      }
    }
    slack.close();
    mail.close();
    kafka.close();
    detour.close();
    postgreSql.close();
    // The logs of the processes and the audit log stay.
    for (String data : List.of("programs", "kafka", "postgresql")) {
      try {
        FileSystemUtils.deleteRecursively(directory.resolve(data));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Set<Way> waysOf(Application application) {
    return ways.entrySet().stream()
        .filter(way -> way.getValue().contains(application))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static EmbeddedPostgreSql database(Path directory) {
    EmbeddedPostgreSql server =
        EmbeddedPostgreSql.builder()
            .dataDirectory(directory.resolve("postgresql"))
            .port(Loopback.freePort())
            .durable(true)
            .patience(Duration.ofSeconds(90))
            .start();
    // However the run ends. If it ended well, there is nothing left to kill.
    Runtime.getRuntime().addShutdownHook(new Thread(server::kill, "no-orphaned-database"));
    server.createDatabase(DATABASE);
    return server;
  }

  private AgentProcess begin(Application application, int port, String... more) {
    List<String> command = new ArrayList<>();
    command.add("-Xmx256m");
    // The receipt agent is not shipped, so it is always of this version.
    Programs run = application == Application.RECEIPTS ? programs : version;
    command.addAll(run.command(application, application == offClock));
    command.addAll(settings.of(application, waysOf(application)));
    command.addAll(List.of(more));
    command.add("--server.port=" + port);
    AgentProcess instance =
        new AgentProcess(
            application,
            port,
            ChildProcess.java(
                application.programName(),
                directory.resolve(application.programName() + ".log"),
                command));
    running.add(instance);
    return instance;
  }
}
