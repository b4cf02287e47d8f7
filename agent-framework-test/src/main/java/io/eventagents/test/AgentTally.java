package io.eventagents.test;

/**
 * What became of the records that an agent has received since its context started.
 *
 * @param handled events that it handled
 * @param skipped events of types that it does not take
 * @param unreadable records without a readable type, addressed to nobody
 * @param repeated events that its inbox already knew
 * @param expired events older than its maximum age
 * @param retried failed attempts that were followed by another
 * @param deadLettered events that went to its dead letters
 * @param emitted events that it emitted
 */
public record AgentTally(
    long handled,
    long skipped,
    long unreadable,
    long repeated,
    long expired,
    long retried,
    long deadLettered,
    long emitted) {}
