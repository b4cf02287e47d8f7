package io.eventagents;

import java.util.List;

/**
 * Paths that everybody may reach, also where users or a token issuer are configured: what carries a
 * secret, or a signature, of its own. A bean of the application.
 *
 * <pre>{@code
 * @Bean
 * OpenPaths feeds() {
 *   return new OpenPaths(List.of("/feeds/*"));
 * }
 * }</pre>
 *
 * @param patterns of Spring's {@code PathPattern}s, such as {@code /receipts/**}
 */
public record OpenPaths(List<String> patterns) {

  /** Copies the list. */
  public OpenPaths {
    patterns = List.copyOf(patterns);
  }
}
