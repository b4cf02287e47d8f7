package io.eventagents.audit.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.CorrelationId;
import io.eventagents.http.InvalidRequest;
import java.io.IOException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
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

  /** The role, scope or authority that lets a user erase, and count what would be. */
  static final String RIGHT = "audit-erase";

  private static final Set<String> RIGHTS = Set.of(RIGHT, "ROLE_" + RIGHT, "SCOPE_" + RIGHT);
  private static final int LARGEST_PAGE = 1000;
  private static final String DEFAULT_PAGE = "100";

  private final Erasures erasures;
  private final ErasureRunner runner;

  ErasureController(Erasures erasures, ErasureRunner runner) {
    this.erasures = erasures;
    this.runner = runner;
  }

  @PostMapping
  ResponseEntity<Object> request(
      @RequestBody(required = false) byte @Nullable [] body,
      CorrelationId correlation,
      @Nullable Principal user)
      throws IOException {
    if (!mayErase(user)) {
      throw ErasureProblems.forbidden();
    }
    ErasureRequest request = ErasureRequest.read(body);
    if (request.dryRun()) {
      return ResponseEntity.ok(erasures.dryRun(request));
    }
    Erasure erasure = erasures.request(request, nameOf(user), correlation);
    runner.wake();
    return ResponseEntity.accepted()
        .location(URI.create("/audit/erasures/" + erasure.id()))
        .body(ErasureView.of(erasure));
  }

  @GetMapping("/{id}")
  ErasureView show(@PathVariable("id") String id) {
    return erasures.find(id).map(ErasureView::of).orElseThrow(() -> ErasureProblems.notFound(id));
  }

  @GetMapping
  ErasureList list(@RequestParam(name = "limit", defaultValue = DEFAULT_PAGE) String limit) {
    return new ErasureList(erasures.latest(size(limit)).stream().map(ErasureView::of).toList());
  }

  /** Without users, on a machine of one's own, nobody is asked. */
  static boolean mayErase(@Nullable Principal user) {
    return user == null
        || (user instanceof Authentication authentication
            && authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(authority -> authority != null && RIGHTS.contains(authority)));
  }

  private static String nameOf(@Nullable Principal user) {
    return user == null || user.getName() == null ? "anonymous" : user.getName();
  }

  private static int size(String limit) {
    try {
      int size = Integer.parseInt(limit);
      if (size >= 1 && size <= LARGEST_PAGE) {
        return size;
      }
    } catch (NumberFormatException e) {
      // The problem below says what a limit is.
    }
    throw new InvalidRequest("limit", "has to be a number from 1 to " + LARGEST_PAGE);
  }

  /** The latest erasures, newest first. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ErasureList(List<ErasureView> erasures) {}
}
