package io.eventagents.audit.console;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has not followed an event yet.
 *
 * @param node the event
 * @param types one of which is expected; empty where the failure is the end
 * @param until by when; null where no time is said
 * @param overdue whether it should be there by now
 * @param failed whether it is a failure until then
 */
record Awaited(
    ChainNode node, List<String> types, @Nullable Instant until, boolean overdue, boolean failed) {}
