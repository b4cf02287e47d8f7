package io.eventagents.poll;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the broker, as the consumer's user, which topics the consumer may read. */
final class ReadAccess {

  /** What the broker says of a topic. */
  enum Verdict {
    READABLE,
    REFUSED,
    GONE
  }

  private static final Logger log = LoggerFactory.getLogger(ReadAccess.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Object> configuration = new HashMap<>();

  /**
   * @param consumer the consumer's configuration
   */
  ReadAccess(Map<String, Object> consumer) {
    configuration.putAll(consumer);
    configuration.keySet().retainAll(AdminClientConfig.configNames());
    configuration.put(
        AdminClientConfig.CLIENT_ID_CONFIG,
        "event-agents-access-" + consumer.get(ConsumerConfig.GROUP_ID_CONFIG));
    configuration.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    configuration.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
  }

  /**
   * Asks in a thread of its own. Topics about which the broker does not tell are left out; the
   * future never fails.
   */
  CompletableFuture<Map<String, Verdict>> of(Set<String> topics) {
    CompletableFuture<Map<String, Verdict>> told = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("event-agents-access")
        .start(
            () -> {
              Map<String, Verdict> verdicts = new HashMap<>();
              try {
                ask(topics, verdicts);
              } catch (KafkaException | TimeoutException e) {
                log.debug("Whether {} may be read is not told", topics, e);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                told.complete(verdicts);
              }
            });
    return told;
  }

  private void ask(Collection<String> topics, Map<String, Verdict> verdicts)
      throws InterruptedException, TimeoutException {
    Admin admin = Admin.create(configuration);
    try {
      Map<String, KafkaFuture<TopicDescription>> described =
          admin
              .describeTopics(
                  TopicCollection.ofTopicNames(topics),
                  new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues();
      for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
        try {
          Set<AclOperation> operations =
              topic
                  .getValue()
                  .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                  .authorizedOperations();
          // A broker that does not know its users' rights leaves them out: then a poll will tell.
          boolean readable = operations == null || operations.contains(AclOperation.READ);
          verdicts.put(topic.getKey(), readable ? Verdict.READABLE : Verdict.REFUSED);
        } catch (ExecutionException e) {
          verdicts.put(
              topic.getKey(),
              e.getCause() instanceof UnknownTopicOrPartitionException
                  ? Verdict.GONE
                  : Verdict.REFUSED);
        }
      }
    } finally {
      admin.close(Duration.ZERO);
    }
  }
}
