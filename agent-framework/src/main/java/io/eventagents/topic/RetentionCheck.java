package io.eventagents.topic;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Finds topics that keep events for longer than something else remembers them. Thread-safe. */
public final class RetentionCheck {

  private static final long PATIENCE_SECONDS = 5;

  private final Admin admin;

  /**
   * @param admin asks the broker
   */
  public RetentionCheck(Admin admin) {
    this.admin = admin;
  }

  /**
   * The topics that may keep an event for longer than this. Kafka deletes a segment when all of it
   * is older than the retention.
   *
   * @return how long they keep events, in words, by topic
   * @throws ExecutionException if the broker refuses to tell
   * @throws TimeoutException if it does not answer
   */
  public Map<String, String> longerThan(Duration remembered, Collection<String> topics)
      throws InterruptedException, ExecutionException, TimeoutException {
    Map<String, String> longer = new TreeMap<>();
    Map<ConfigResource, Config> configs =
        admin
            .describeConfigs(
                topics.stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList())
            .all()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    configs.forEach(
        (topic, config) -> {
          String cleanup = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
          long retention = millis(config, TopicConfig.RETENTION_MS_CONFIG);
          long segment = millis(config, TopicConfig.SEGMENT_MS_CONFIG);
          if (!cleanup.contains(TopicConfig.CLEANUP_POLICY_DELETE) || retention < 0) {
            longer.put(topic.name(), "for good");
          } else if (retention + segment > remembered.toMillis()) {
            longer.put(
                topic.name(), "up to " + Duration.ofMillis(retention + segment).toDays() + " days");
          }
        });
    return longer;
  }

  private static String value(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? "" : entry.value();
  }

  private static long millis(Config config, String name) {
    String value = value(config, name);
    return value.isEmpty() ? 0 : Long.parseLong(value);
  }
}
