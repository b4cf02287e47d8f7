package io.eventagents.topic;

import io.eventagents.RecordTopic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/**
 * Creates missing topics before anything is bound, or, if the broker is not there yet, as soon as
 * it is. It does not change topics that exist.
 */
public final class TopicProvisioner implements SmartLifecycle {

  /**
   * Before the output bindings (Integer.MIN_VALUE + 1000), which are the first to look at a topic.
   */
  private static final int PHASE = Integer.MIN_VALUE + 500;

  private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

  /**
   * The limit of a single record, decompressed. {@code max.message.bytes} limits the compressed
   * batch, and consumers have no limit of their own.
   */
  static final String MAX_RECORD_SIZE = "max.decompressed.message.bytes";

  private static final Duration SEGMENT = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final BrokerAdmin broker;
  private final Supplier<RequiredTopics> required;
  private final TopicSettings settings;
  private final TaskScheduler scheduler;
  private final Consumer<Boolean> brokerAwaited;
  private volatile boolean running;
  private volatile boolean provisioned;
  private volatile @Nullable String told;
  private @Nullable ScheduledFuture<?> retry;

  /**
   * @param required gives the topics when the application starts
   * @param brokerAwaited told true when the application starts without a broker, and false when it
   *     is there
   */
  public TopicProvisioner(
      BrokerAdmin broker,
      Supplier<RequiredTopics> required,
      TopicSettings settings,
      TaskScheduler scheduler,
      Consumer<Boolean> brokerAwaited) {
    this.broker = broker;
    this.required = required;
    this.settings = settings;
    this.scheduler = scheduler;
    this.brokerAwaited = brokerAwaited;
  }

  @Override
  public void start() {
    running = true;
    if (!tryToProvision()) {
      log.warn("The broker is not there; agents start to work when it is");
      brokerAwaited.accept(true);
      retry =
          scheduler.scheduleWithFixedDelay(
              this::retry, Instant.now().plus(BETWEEN_TRIES), BETWEEN_TRIES);
    }
  }

  private void retry() {
    ScheduledFuture<?> scheduled = retry;
    if (running && tryToProvision() && scheduled != null) {
      log.info("The broker is there");
      brokerAwaited.accept(false);
      scheduled.cancel(false);
    }
  }

  /** Whether the topics are there, or the log says why not. */
  public boolean isProvisioned() {
    return provisioned;
  }

  private boolean tryToProvision() {
    if (provisioned) {
      return true;
    }
    try {
      Admin admin = broker.client().orElse(null);
      if (admin != null) {
        provision(admin);
      }
      provisioned = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // The broker is not there yet.
    } catch (ExecutionException e) {
      tell(e);
    }
    return provisioned;
  }

  private void tell(ExecutionException e) {
    String why = String.valueOf(e.getCause());
    if (e.getCause() instanceof RetriableException) {
      log.debug("The broker did not answer", e);
    } else if (why.equals(told)) {
      log.debug("Topics still cannot be looked at or made: {}", why);
    } else {
      told = why;
      log.error("Topics cannot be looked at or made; tried again each second: {}", why);
    }
  }

  private void provision(Admin admin)
      throws InterruptedException, ExecutionException, TimeoutException {
    RequiredTopics topics = required.get();
    Set<String> missing = new TreeSet<>(topics.all());
    missing.removeAll(admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    if (missing.isEmpty()) {
      return;
    }
    if (!settings.autoCreate()) {
      log.error(
          "These topics are missing, and event-agents.topics.auto-create is false; make them: {}",
          missing);
      return;
    }
    int brokers =
        admin.describeCluster().nodes().get(PATIENCE.toSeconds(), TimeUnit.SECONDS).size();
    List<NewTopic> wanted = new ArrayList<>();
    for (String topic : missing) {
      wanted.add(
          newTopic(
              topics.others().stream()
                  .filter(other -> other.name().equals(topic))
                  .findFirst()
                  .orElseGet(() -> ofRecords(topic, topics.deadLetters().contains(topic))),
              brokers));
    }
    List<NewTopic> refused = make(admin, wanted);
    if (!refused.isEmpty()) {
      // A broker before 4.2.2 does not know this setting. Any other wrong one is refused again.
      for (NewTopic topic : refused) {
        topic.configs().remove(MAX_RECORD_SIZE);
      }
      List<NewTopic> still = make(admin, refused);
      if (!still.isEmpty()) {
        throw new ExecutionException(
            new InvalidConfigurationException("the broker refuses the configuration of " + still));
      }
    }
  }

  /** Returns those whose configuration the broker refuses. */
  private List<NewTopic> make(Admin admin, List<NewTopic> wanted)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<NewTopic> refused = new ArrayList<>();
    Map<String, KafkaFuture<Void>> made = admin.createTopics(wanted).values();
    for (NewTopic topic : wanted) {
      try {
        Objects.requireNonNull(made.get(topic.name())).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        log.info("Made the topic {}", topic.name());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof InvalidConfigurationException) {
          refused.add(topic);
        } else if (!(e.getCause() instanceof TopicExistsException)) {
          log.error("The topic {} cannot be made", topic.name());
          throw e;
        }
        // If it exists, another instance was quicker.
      }
    }
    return refused;
  }

  private NewTopic newTopic(RecordTopic topic, int brokers) {
    Integer replicas = settings.replication();
    int replication = replicas == null ? Math.min(3, Math.max(1, brokers)) : replicas;
    Integer insync = settings.minInsyncReplicas();
    int minInsync = insync == null ? Math.min(2, replication) : insync;
    Map<String, String> configuration = new HashMap<>(topic.configuration());
    configuration.putIfAbsent(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(minInsync));
    configuration.putIfAbsent(MAX_RECORD_SIZE, Long.toString(settings.maxRecordSize().toBytes()));
    return new NewTopic(topic.name(), topic.partitions(), (short) replication)
        .configs(configuration);
  }

  private RecordTopic ofRecords(String name, boolean deadLetters) {
    Duration retention = deadLetters ? settings.deadLetterRetention() : settings.retention();
    return new RecordTopic(
        name,
        settings.partitions(),
        Map.of(
            TopicConfig.RETENTION_MS_CONFIG,
            Long.toString(retention.toMillis()),
            // A segment goes when all of it is older than the retention.
            TopicConfig.SEGMENT_MS_CONFIG,
            Long.toString(SEGMENT.toMillis())));
  }

  @Override
  public void stop() {
    running = false;
    ScheduledFuture<?> scheduled = retry;
    if (scheduled != null) {
      scheduled.cancel(true);
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
