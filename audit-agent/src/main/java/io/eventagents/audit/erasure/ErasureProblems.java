package io.eventagents.audit.erasure;

import io.eventagents.http.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

/** What cannot be answered, as problem documents (RFC 9457). */
final class ErasureProblems {

  private ErasureProblems() {}

  static ErrorResponseException notFound(String id) {
    return Problems.of(
        HttpStatus.NOT_FOUND, "There is no erasure '" + id + "'; GET /audit/erasures lists them.");
  }

  static ErrorResponseException busy() {
    return Problems.of(
        HttpStatus.CONFLICT, "Another dry run is reading the log; try again when it has answered.");
  }

  static ErrorResponseException forbidden() {
    return Problems.of(
        HttpStatus.FORBIDDEN,
        "An erasure cannot be taken back: it needs the role, scope or authority '"
            + ErasureController.RIGHT
            + "'.");
  }
}
