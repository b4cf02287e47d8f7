package io.eventagents.orchestrator.http;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers as JSON, by a mapper of their own: what is kept for repeats must not depend on others.
 */
final class HttpJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private HttpJson() {}

  static String text(Object view) {
    return JSON.writeValueAsString(view);
  }
}
