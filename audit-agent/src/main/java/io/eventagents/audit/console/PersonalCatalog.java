package io.eventagents.audit.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which data are personal in which type of event: the catalog that comes with the audit agent, and
 * that of other agents' events.
 */
final class PersonalCatalog {

  private static final String OURS = "classpath*:io/eventagents/audit/catalog/*.schema.json";
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, PersonalFields> byType;

  PersonalCatalog(Map<String, PersonalFields> byType) {
    this.byType = Map.copyOf(byType);
  }

  /**
   * @param further a directory of schemas, which replace ours of the same type; null for none
   * @throws IllegalArgumentException if the directory or a schema in it cannot be read: what should
   *     be masked would be shown
   */
  static PersonalCatalog read(@Nullable Path further) {
    Map<String, PersonalFields> types = new HashMap<>();
    try {
      for (Resource resource : new PathMatchingResourcePatternResolver().getResources(OURS)) {
        try (InputStream schema = resource.getInputStream()) {
          add(JSON.readTree(schema), types);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The catalog within the audit agent cannot be read", e);
    }
    if (further != null) {
      add(further, types);
    }
    return new PersonalCatalog(types);
  }

  private static void add(Path directory, Map<String, PersonalFields> types) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.schema.json")) {
      for (Path file : files) {
        add(JSON.readTree(file), types);
      }
    } catch (IOException | JacksonException e) {
      throw new IllegalArgumentException(
          "audit.console.catalog is '%s', which cannot be read (%s): name a directory with files such as task.created.schema.json"
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private static void add(JsonNode schema, Map<String, PersonalFields> types) {
    String type = schema.path("properties").path("event_type").path("const").asString("");
    if (!type.isEmpty()) {
      types.put(type, PersonalFields.ofData(schema));
    }
  }

  /** The personal fields of a type; none if the catalog does not have it. */
  PersonalFields of(@Nullable String eventType) {
    return eventType == null
        ? PersonalFields.NONE
        : byType.getOrDefault(eventType, PersonalFields.NONE);
  }
}
