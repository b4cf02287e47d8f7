package io.eventagents.topic;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How topics are created.
 *
 * @param autoCreate whether missing topics are created at the start; if not, the log names them
 * @param partitions of each topic
 * @param replication replicas of each partition; null for 3, or as many as there are brokers
 * @param minInsyncReplicas replicas that must have a record before it is acknowledged; null for 2,
 *     or 1 if there is one
 * @param retention how long event topics keep events
 * @param deadLetterRetention how long dead letters and replays are kept
 * @param maxRecordSize the largest record that the broker takes, decompressed, if it has such a
 *     setting
 */
public record TopicSettings(
    boolean autoCreate,
    int partitions,
    @Nullable Integer replication,
    @Nullable Integer minInsyncReplicas,
    Duration retention,
    Duration deadLetterRetention,
    DataSize maxRecordSize) {}
