package io.eventagents.audit.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.CorrelationId;
import io.eventagents.http.Caller;
import io.eventagents.http.PageLimit;
import io.eventagents.http.Problems;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /audit/erasures}. */
@RestController
@RequestMapping(path = "/audit/erasures", produces = MediaType.APPLICATION_JSON_VALUE)
final class ErasureController {

  /** The role, scope or authority that lets a user erase, and count in a dry run. */
  static final String RIGHT = "audit-erase";

  private static final int LARGEST_PAGE = 1000;
  private static final int DEFAULT_PAGE = 100;

  private final ErasureStore erasures;
  private final ErasureRunner runner;
  private final DryRuns dryRuns;

  ErasureController(ErasureStore erasures, ErasureRunner runner, DryRuns dryRuns) {
    this.erasures = erasures;
    this.runner = runner;
    this.dryRuns = dryRuns;
  }

  @PostMapping
  ResponseEntity<Object> request(
      @RequestBody(required = false) byte @Nullable [] body,
      CorrelationId correlation,
      @Nullable Principal user)
      throws IOException {
    if (!mayErase(user)) {
      throw Problems.of(
          HttpStatus.FORBIDDEN,
          "An erasure cannot be undone. It needs the role, scope or authority '" + RIGHT + "'.");
    }
    ErasureRequest request = ErasureRequest.read(body);
    if (request.dryRun()) {
      return ResponseEntity.ok(dryRuns.of(request));
    }
    Erasure erasure = erasures.request(request, Caller.of(user).name(), correlation);
    runner.wake();
    return ResponseEntity.accepted()
        .location(URI.create("/audit/erasures/" + erasure.id()))
        .body(ErasureView.of(erasure));
  }

  @GetMapping("/{id}")
  ErasureView show(@PathVariable("id") String id) {
    return erasures
        .find(id)
        .map(ErasureView::of)
        .orElseThrow(
            () ->
                Problems.of(
                    HttpStatus.NOT_FOUND,
                    "There is no erasure '" + id + "'; GET /audit/erasures lists them."));
  }

  @GetMapping
  ErasureList list(@RequestParam(name = "limit", required = false) @Nullable String limit) {
    return new ErasureList(
        erasures.latest(PageLimit.parse(limit, DEFAULT_PAGE, LARGEST_PAGE)).stream()
            .map(ErasureView::of)
            .toList());
  }

  /** Whether a user has the right; without users, on a private machine, everybody has it. */
  static boolean mayErase(@Nullable Principal user) {
    Caller caller = Caller.of(user);
    return caller.isAnonymous() || caller.has(RIGHT);
  }

  /** The latest erasures, newest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ErasureList(List<ErasureView> erasures) {}
}
