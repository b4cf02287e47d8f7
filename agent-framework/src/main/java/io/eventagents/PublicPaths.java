package io.eventagents;

import java.util.List;

/**
 * Paths of an application that need neither user nor token, because their callers prove themselves
 * in another way: a provider's webhook by its signature, for example. An application has as many
 * beans of this type as it needs.
 *
 * <pre>{@code
 * @Bean
 * PublicPaths receiptPaths() {
 *   return new PublicPaths("/receipts/*");
 * }
 * }</pre>
 *
 * <p>An {@code Authorization} header that comes with such a request is left to the application.
 *
 * @param patterns patterns of Spring's {@code PathPattern}, such as {@code /receipts/*}
 */
public record PublicPaths(List<String> patterns) {

  /** Copies the list. */
  public PublicPaths {
    patterns = List.copyOf(patterns);
  }

  /**
   * These paths.
   *
   * @param patterns such as {@code /receipts/*}
   */
  public PublicPaths(String... patterns) {
    this(List.of(patterns));
  }
}
