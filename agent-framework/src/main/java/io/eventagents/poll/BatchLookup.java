package io.eventagents.poll;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Looks at the batch that holds a record, without decompressing it. A consumer reads a compressed
 * batch from its start, even if it was sent to a later offset in it. So reading can go on only
 * after the batch, and no method of the consumer says where that is. Hence this class makes a fetch
 * of its own, with the classes that the client itself is made of.
 */
final class BatchLookup {

  /**
   * The last version that names topics instead of giving their ids; every Kafka 4 broker accepts
   * it.
   */
  private static final short BY_NAME = 12;

  private static final int BYTES = 1024;

  private static final int PATIENCE_MS = 5_000;

  private final Map<String, Object> configuration;

  /**
   * @param configuration of the consumer
   */
  BatchLookup(Map<String, Object> configuration) {
    this.configuration = new HashMap<>(configuration);
  }

  /**
   * The last offset of the first batch with records at or after this offset; empty if there is
   * none.
   *
   * @param leader the broker that holds the partition
   * @throws IOException if the broker does not answer
   */
  OptionalLong lastOffset(Node leader, TopicPartition partition, long offset) throws IOException {
    ConsumerConfig config = new ConsumerConfig(configuration);
    try (Metrics metrics = new Metrics();
        NetworkClient client =
            ClientUtils.createNetworkClient(
                config,
                "event-agents-lookup",
                metrics,
                "event-agents-lookup",
                new LogContext("[event-agents-lookup] "),
                new ApiVersions(),
                Time.SYSTEM,
                1,
                PATIENCE_MS,
                new ManualMetadataUpdater(List.of(leader)),
                new DefaultHostResolver())) {
      if (!NetworkClientUtils.awaitReady(client, leader, Time.SYSTEM, PATIENCE_MS)) {
        throw new IOException("no connection to " + leader);
      }
      ClientResponse response =
          NetworkClientUtils.sendAndReceive(
              client,
              client.newClientRequest(
                  leader.idString(), request(partition, offset), Time.SYSTEM.milliseconds(), true),
              Time.SYSTEM);
      FetchResponse fetched = (FetchResponse) response.responseBody();
      FetchResponseData.PartitionData data =
          fetched.responseData(Map.of(), response.requestHeader().apiVersion()).get(partition);
      if (data == null || data.errorCode() != 0) {
        throw new IOException(
            "the broker answers with error " + (data == null ? fetched.error() : data.errorCode()));
      }
      for (RecordBatch batch : FetchResponse.recordsOrFail(data).batches()) {
        if (!batch.isControlBatch()) {
          return OptionalLong.of(batch.lastOffset());
        }
      }
      return OptionalLong.empty();
    }
  }

  /** The first batch comes whole, however large it is. */
  private static FetchRequest.Builder request(TopicPartition partition, long offset) {
    return FetchRequest.Builder.forConsumer(
            BY_NAME,
            100,
            1,
            Map.of(
                partition,
                new FetchRequest.PartitionData(
                    Uuid.ZERO_UUID, offset, -1, BYTES, Optional.empty())))
        .setMaxBytes(BYTES);
  }
}
