package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Everything that happened because of one request, in causal order.
 *
 * @param truncated whether the chain has more records than are shown; left out where it has not
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Chain(
    String correlationId,
    List<ChainEvent> events,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean truncated) {}
