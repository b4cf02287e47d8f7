package io.eventagents.topic;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/**
 * Kafka's ids of topics. They are looked up at each assignment, since a topic that is deleted and
 * created again has another id. Thread-safe.
 */
public final class TopicIds {

  private static final long PATIENCE_SECONDS = 10;

  private final BrokerAdmin broker;
  private final Map<String, Uuid> known = new ConcurrentHashMap<>();

  /**
   * @param broker where the topics are
   */
  public TopicIds(BrokerAdmin broker) {
    this.broker = broker;
  }

  /**
   * Looks these topics up again.
   *
   * @throws IllegalStateException if the broker does not tell
   */
  public void refresh(Collection<String> topics) {
    Admin admin = broker.client().orElse(null);
    if (admin == null || topics.isEmpty()) {
      return;
    }
    try {
      Map<String, TopicDescription> described =
          admin.describeTopics(topics).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      described.forEach((name, topic) -> known.put(name, topic.topicId()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while topics were looked up", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The broker does not tell the ids of " + topics, e);
    }
  }

  /** Has the topic looked up again when its id is next needed. */
  public void forget(String topic) {
    known.remove(topic);
  }

  /** The id of this topic; {@link Uuid#ZERO_UUID} if there is no broker. */
  public Uuid of(String topic) {
    Uuid id = known.get(topic);
    if (id == null) {
      refresh(List.of(topic));
      id = known.getOrDefault(topic, Uuid.ZERO_UUID);
    }
    return id;
  }
}
