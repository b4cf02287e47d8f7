package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Everything that happened because of one request, in causal order, or a page of it.
 *
 * @param truncated whether the chain has more events than are shown; left out where it has not
 * @param nextCursor for the events behind; left out where there are none
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Chain(
    String correlationId,
    List<ChainEvent> events,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextCursor) {}
