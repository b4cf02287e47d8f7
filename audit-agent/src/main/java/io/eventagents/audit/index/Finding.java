package io.eventagents.audit.index;

import org.jspecify.annotations.Nullable;

/**
 * What a term of the search box turned out to be.
 *
 * @param criterion what the term is
 * @param text the term
 * @param correlationId the chain, if the term is the id of a chain or of an event in one; else null
 */
public record Finding(Criterion criterion, String text, @Nullable String correlationId) {}
