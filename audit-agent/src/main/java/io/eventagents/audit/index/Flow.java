package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * Events of one type from one source whose causes had one type and one source, within a part of a
 * period.
 *
 * @param causeType null if the cause is not a logged event
 * @param causeSource the agent that sent the cause; null as above
 * @param part the part of the period, from 0
 * @param count how many events
 * @param seconds the sum of the times between cause and event
 */
public record Flow(
    @Nullable String causeType,
    @Nullable String causeSource,
    String type,
    String source,
    int part,
    long count,
    double seconds) {}
