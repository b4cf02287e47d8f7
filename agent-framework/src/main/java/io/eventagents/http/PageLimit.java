package io.eventagents.http;

import org.jspecify.annotations.Nullable;

/**
 * How many entries of a list a client wants: the parameter {@code limit}.
 *
 * <pre>{@code
 * Page orders(@RequestParam(defaultValue = "50") int limit) {
 *   return orders.first(PageLimit.check(limit, 500));
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class PageLimit {

  private PageLimit() {}

  /**
   * @return the limit
   * @throws InvalidRequest if it is less than 1 or more than the largest
   */
  public static int check(int limit, int largest) {
    if (limit < 1 || limit > largest) {
      throw invalid(largest);
    }
    return limit;
  }

  /**
   * @param limit as it was sent; null or empty if it was not sent
   * @param otherwise the limit if none was sent
   * @throws InvalidRequest if it is no number from 1 to the largest
   */
  public static int parse(@Nullable String limit, int otherwise, int largest) {
    if (limit == null || limit.isEmpty()) {
      return otherwise;
    }
    try {
      return check(Integer.parseInt(limit), largest);
    } catch (NumberFormatException e) {
      throw invalid(largest);
    }
  }

  private static InvalidRequest invalid(int largest) {
    return new InvalidRequest("limit", "must be a whole number from 1 to " + largest);
  }
}
