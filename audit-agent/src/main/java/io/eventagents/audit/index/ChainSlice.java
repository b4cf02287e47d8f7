package io.eventagents.audit.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a chain, in the order of causes.
 *
 * @param events of the page
 * @param next where the next page begins, for {@link ChainQueries#slice}; null on the last
 * @param truncated whether the chain has more records than are put in order at all
 */
public record ChainSlice(List<ChainRecord> events, @Nullable String next, boolean truncated) {}
