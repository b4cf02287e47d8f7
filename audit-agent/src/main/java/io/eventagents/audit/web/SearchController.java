package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.audit.index.Criterion;
import io.eventagents.audit.index.Finding;
import io.eventagents.audit.index.Search;
import io.eventagents.http.InvalidRequest;
import io.eventagents.http.Problems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET /audit/search?q=}: what a term is, and where to find it. */
@RestController
final class SearchController {

  private final Search search;

  SearchController(Search search) {
    this.search = search;
  }

  /**
   * What was found.
   *
   * @param kind such as {@code chain}, {@code event}, {@code entity}, {@code value}
   * @param href where it is
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Found(
      String kind,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String correlationId,
      String href) {}

  @GetMapping(path = "/audit/search", produces = MediaType.APPLICATION_JSON_VALUE)
  Found find(@RequestParam(name = "q", defaultValue = "") String term) {
    if (term.isBlank()) {
      throw new InvalidRequest("q", "must be an id of any kind, or a text");
    }
    Finding found =
        search
            .find(term)
            .orElseThrow(
                () ->
                    Problems.of(
                        HttpStatus.NOT_FOUND, "No logged event has '" + term.strip() + "'."));
    Criterion criterion = found.criterion();
    return new Found(
        criterion.name().toLowerCase(Locale.ROOT),
        found.correlationId(),
        UriComponentsBuilder.fromPath(
                criterion == Criterion.CHAIN ? "/audit/chains" : "/audit/events")
            .queryParam(criterion.parameter(), "{value}")
            .build(found.text())
            .toString());
  }
}
