package io.eventagents.orchestrator.http;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes answers as JSON. The mapper is its own, because stored answers must not depend on the
 * settings of others.
 */
final class HttpJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

  private HttpJson() {}

  static String text(Object view) {
    return JSON.writeValueAsString(view);
  }
}
