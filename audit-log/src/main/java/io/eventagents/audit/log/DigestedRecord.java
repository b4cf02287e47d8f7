package io.eventagents.audit.log;

import org.jspecify.annotations.Nullable;

/**
 * A record, read back from its line with its payload as it came.
 *
 * @param record itself
 * @param payload null where the record had none, or the line does not have it any more
 * @param fits whether the digest in the line is that of the payload
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, never compared.
public record DigestedRecord(LoggedRecord record, byte @Nullable [] payload, boolean fits) {}
