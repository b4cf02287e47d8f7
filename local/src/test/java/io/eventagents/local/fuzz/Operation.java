package io.eventagents.local.fuzz;

import java.util.List;

/**
 * An operation that can be called.
 *
 * @param method such as {@code GET}
 * @param path the path, with variables in braces
 * @param parameters the names of its query parameters
 */
public record Operation(String method, String path, List<String> parameters) {

  /** An operation without query parameters. */
  public static Operation of(String method, String path) {
    return new Operation(method, path, List.of());
  }
}
