package io.eventagents.audit.log;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record, read back from its line.
 *
 * @param loggedAt when it was logged
 * @param partition where it stands on Kafka
 * @param offset its offset there
 * @param timestamp its timestamp in milliseconds since 1970; -1 if it has none
 * @param key its key as text, {@code base64:} and Base64 if it is not UTF-8; null if it has none
 * @param headers in the order of the record
 * @param headersJson the headers as they stand in the line
 * @param event the payload as JSON on one line; null if it is no JSON object that a line could
 *     have, but for halves of surrogate pairs
 * @param raw the payload, where the line has it as bytes
 * @param erasure the id of the erasure that removed the payload; null if none did
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record LoggedRecord(
    Instant loggedAt,
    LogPartition partition,
    long offset,
    long timestamp,
    @Nullable String key,
    List<LoggedHeader> headers,
    String headersJson,
    byte @Nullable [] event,
    byte @Nullable [] raw,
    @Nullable String erasure) {}
