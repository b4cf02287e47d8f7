package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * Events of one kind that had causes of one kind, within a part of the time that was looked at.
 *
 * @param causeType null where the cause is no event that is logged
 * @param causeSource who sent the cause; null as above
 * @param part of the time, from 0
 * @param count how many
 * @param seconds how long after their causes they happened, all together
 */
public record Flow(
    @Nullable String causeType,
    @Nullable String causeSource,
    String type,
    String source,
    int part,
    long count,
    double seconds) {}
