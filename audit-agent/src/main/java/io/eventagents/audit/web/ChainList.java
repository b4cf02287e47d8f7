package io.eventagents.audit.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A page of chains. The chain that began last comes first.
 *
 * @param nextCursor for the next page; null on the last
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ChainList(List<ListedChain> chains, @Nullable String nextCursor) {}
