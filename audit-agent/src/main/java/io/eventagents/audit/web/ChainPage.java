package io.eventagents.audit.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** The page {@code /chains/{correlation_id}}: a chain as a tree. */
@Controller
final class ChainPage {

  private static final String ONLY_OUR_STYLE =
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Chains chains;
  private final TraceLinks traces;

  ChainPage(Chains chains, TraceLinks traces) {
    this.chains = chains;
    this.traces = traces;
  }

  @GetMapping("/chains/{correlation_id}")
  ModelAndView chain(
      @PathVariable("correlation_id") String correlationId, HttpServletResponse response) {
    response.setHeader("Content-Security-Policy", ONLY_OUR_STYLE);
    Optional<Chain> found = chains.find(correlationId);
    if (found.isEmpty()) {
      return new ModelAndView(
          "audit/unknown-chain", Map.of("correlationId", correlationId), HttpStatus.NOT_FOUND);
    }
    Chain chain = found.get();
    return new ModelAndView(
        "audit/chain",
        Map.of(
            "chain", chain,
            "rows", ChainTree.rows(chain.events()),
            "sources", sources(chain),
            "traces", traces.of(chain),
            "duration", duration(chain)));
  }

  private static long sources(Chain chain) {
    return chain.events().stream()
        .map(ChainEvent::source)
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }

  private static String duration(Chain chain) {
    List<Instant> times = chain.events().stream().map(ChainEvent::occurredAt).sorted().toList();
    return Durations.text(Duration.between(times.getFirst(), times.getLast()));
  }
}
