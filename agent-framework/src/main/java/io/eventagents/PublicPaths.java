package io.eventagents;

import java.util.List;

/**
 * Paths of an application that ask for no user and no token, since their callers prove themselves
 * in another way: the webhook of a provider by its signature, say. A bean of the application, as
 * many as it needs.
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
