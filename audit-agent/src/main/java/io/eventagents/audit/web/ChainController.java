package io.eventagents.audit.web;

import io.eventagents.audit.chain.ChainStories;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.Cursor;
import io.eventagents.audit.index.OutlinedEvent;
import io.eventagents.http.PageLimit;
import io.eventagents.http.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /audit/chains} and {@code GET /audit/chains/{correlation_id}}. */
@RestController
final class ChainController {

  /** All events of these chains are read. */
  private static final int LARGEST_LIST = 200;

  private static final int DEFAULT_LIST = 50;

  private final Chains chains;
  private final ChainOutlines outlines;
  private final ChainStories stories;

  ChainController(Chains chains, ChainOutlines outlines, ChainStories stories) {
    this.chains = chains;
    this.outlines = outlines;
    this.stories = stories;
  }

  @GetMapping("/audit/chains")
  ChainList chains(
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", required = false) @Nullable String limit) {
    int size = PageLimit.parse(limit, DEFAULT_LIST, LARGEST_LIST);
    @Nullable Cursor after = Paging.cursor(cursor);
    List<OutlinedEvent> found = outlines.newestChains(after, size + 1);
    List<OutlinedEvent> shown = found.size() > size ? found.subList(0, size) : found;
    return new ChainList(
        stories.of(shown).map(ListedChain::of).toList(),
        found.size() > size ? shown.getLast().cursor().text() : null);
  }

  /** A chain whose id does not fit a path. */
  @GetMapping(path = "/audit/chains", params = "correlation_id")
  @Nullable Chain chainByParameter(
      @RequestParam("correlation_id") String correlationId,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", required = false) @Nullable String limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    return chain(correlationId, cursor, limit, request, response);
  }

  @GetMapping("/audit/chains/{correlation_id}")
  @Nullable Chain chain(
      @PathVariable("correlation_id") String correlationId,
      @RequestParam(name = "cursor", required = false) @Nullable String cursor,
      @RequestParam(name = "limit", required = false) @Nullable String limit,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Optional<ExportFormat> format = ExportFormat.of(request);
    if (format.isEmpty()) {
      return chains.page(correlationId, cursor, limit).orElseThrow(() -> unknown(correlationId));
    }
    boolean found;
    try {
      found = chains.export(correlationId, () -> new Export(format.get(), "chain", response));
    } catch (IOException | RuntimeException | Error e) {
      BrokenAnswer.note(e);
      throw e;
    }
    if (!found) {
      throw unknown(correlationId);
    }
    return null;
  }

  private static RuntimeException unknown(String correlationId) {
    return Problems.of(
        HttpStatus.NOT_FOUND, "No event of the chain '" + correlationId + "' is logged.");
  }
}
