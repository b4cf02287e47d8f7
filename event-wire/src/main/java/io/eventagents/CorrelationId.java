package io.eventagents;

import java.util.UUID;

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

  private static final int LONGEST = 128;

  /**
   * @throws IllegalArgumentException if the value is malformed
   */
  public CorrelationId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "A correlation id has 1 to 128 characters of A-Z a-z 0-9 . _ : -");
    }
  }

  /** Whether the value could be a correlation id. */
  public static boolean isWellFormed(String value) {
    // Asked of every event that is handled, so without a regular expression.
    if (value.isEmpty() || value.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      if (!isAllowed(value.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || "._:-".indexOf(character) >= 0;
  }

  /** A new one, for a request that brought none. */
  public static CorrelationId random() {
    return new CorrelationId("req-" + UUID.randomUUID());
  }
}
