package io.eventagents.audit.web;

import io.eventagents.audit.index.Reindexing;
import io.eventagents.http.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /audit/reindex} rebuilds the index from the log; {@code GET} tells how far it is. */
@RestController
final class ReindexController {

  private final Reindexing reindexing;

  ReindexController(Reindexing reindexing) {
    this.reindexing = reindexing;
  }

  @PostMapping("/audit/reindex")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Reindexing.Progress begin() {
    if (!reindexing.begin()) {
      throw Problems.of(
          HttpStatus.CONFLICT,
          "The index is already being rebuilt: GET /audit/reindex tells how far it is.");
    }
    return progress();
  }

  @GetMapping("/audit/reindex")
  Reindexing.Progress progress() {
    return reindexing.progress();
  }
}
