package io.eventagents.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventagents.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the broker tells of topics that keep events for longer than the inbox remembers them. */
@Timeout(60)
class RetentionCheckTests {

  private static final String DAY = Long.toString(Duration.ofDays(1).toMillis());
  private static Admin admin;

  @BeforeAll
  static void start() {
    EmbeddedServers.start();
    admin = Admin.create(Map.of("bootstrap.servers", EmbeddedServers.kafka().bootstrapServers()));
  }

  @AfterAll
  static void stop() {
    admin.close();
  }

  @Test
  void topicsThatKeepEventsForLongerAreNamed() throws Exception {
    String shorter = topic(Map.of("retention.ms", days(12), "segment.ms", DAY));
    String withItsLastSegment = topic(Map.of("retention.ms", days(12), "segment.ms", days(3)));
    String forGood = topic(Map.of("retention.ms", "-1"));
    String compacted = topic(Map.of("cleanup.policy", "compact"));

    Map<String, String> longer =
        new RetentionCheck(admin)
            .longerThan(
                Duration.ofDays(14), List.of(shorter, withItsLastSegment, forGood, compacted));

    assertThat(longer)
        .containsOnly(
            Map.entry(withItsLastSegment, "up to 15 days"),
            Map.entry(forGood, "for good"),
            Map.entry(compacted, "for good"));
  }

  private static String days(int days) {
    return Long.toString(Duration.ofDays(days).toMillis());
  }

  private static String topic(Map<String, String> config) throws Exception {
    String name = "kept-" + UUID.randomUUID();
    admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(config))).all().get();
    return name;
  }
}
