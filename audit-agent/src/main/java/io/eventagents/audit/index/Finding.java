package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * What a term of the search box turned out to be.
 *
 * @param criterion what it is: the id of a chain or of an event, an entity, or something else that
 *     several events have
 * @param text the term
 * @param correlationId the chain that it is, or that the event names; else null
 */
public record Finding(Criterion criterion, String text, @Nullable String correlationId) {}
