package io.eventagents.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.audit.index.Reindexing;
import io.eventagents.http.Problems;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code POST /audit/reindex} makes the index again from the log, {@code GET} tells how far. */
@RestController
final class ReindexController {

  private final Reindexing reindexing;

  ReindexController(Reindexing reindexing) {
    this.reindexing = reindexing;
  }

  /**
   * How far it is.
   *
   * @param state {@code idle}, {@code running}, {@code done} or {@code failed}
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Shown(
      String state,
      long records,
      long bytes,
      long ofBytes,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String failure) {}

  @PostMapping("/audit/reindex")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Shown begin() {
    if (!reindexing.begin()) {
      throw Problems.of(
          HttpStatus.CONFLICT,
          "The index is being made again already: GET /audit/reindex tells how far it is.");
    }
    return progress();
  }

  @GetMapping("/audit/reindex")
  Shown progress() {
    Reindexing.Progress progress = reindexing.progress();
    return new Shown(
        progress.state().name().toLowerCase(Locale.ROOT),
        progress.records(),
        progress.bytes(),
        progress.ofBytes(),
        progress.startedAt(),
        progress.endedAt(),
        progress.failure());
  }
}
