package io.eventagents;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The id of the request that a chain of events belongs to.
 *
 * <p>A controller takes it as an argument: that of the current request, from {@value #HTTP_HEADER}
 * or made up.
 *
 * <pre>{@code
 * @PostMapping("/tasks")
 * ResponseEntity<?> create(@RequestBody CreateTask command, CorrelationId correlation) { ... }
 * }</pre>
 *
 * @param value 1 to 128 characters of {@code A-Z a-z 0-9 . _ : -}
 */
public record CorrelationId(String value) {

  /** The HTTP header that carries it, in requests and in every response. */
  public static final String HTTP_HEADER = "X-Correlation-ID";

  private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  /**
   * @throws IllegalArgumentException where the value is malformed
   */
  public CorrelationId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "A correlation id has 1 to 128 characters of A-Z a-z 0-9 . _ : -");
    }
  }

  /** Whether the value could be a correlation id. */
  public static boolean isWellFormed(String value) {
    return WELL_FORMED.matcher(value).matches();
  }

  /** A new one, for a request that brought none. */
  public static CorrelationId random() {
    return new CorrelationId("req-" + UUID.randomUUID());
  }
}
