package io.eventagents.audit.web;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /audit/chains/{correlation_id}}. */
@RestController
final class ChainController {

  private final Chains chains;

  ChainController(Chains chains) {
    this.chains = chains;
  }

  @GetMapping(path = "/audit/chains/{correlation_id}", produces = MediaType.APPLICATION_JSON_VALUE)
  Chain chain(@PathVariable("correlation_id") String correlationId) {
    return chains
        .find(correlationId)
        .orElseThrow(
            () -> Problems.notFound("No event of the chain '" + correlationId + "' is logged."));
  }
}
