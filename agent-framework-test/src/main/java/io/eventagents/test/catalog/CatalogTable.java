package io.eventagents.test.catalog;

import io.eventagents.EntityKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The table of contents of a catalog, in Markdown. */
final class CatalogTable {

  private CatalogTable() {}

  static String of(EventCatalog catalog, String writeCommand) {
    SortedMap<String, SortedSet<String>> readers = new TreeMap<>();
    for (DeclaredEvent taken : catalog.declared().taken()) {
      readers
          .computeIfAbsent(taken.payload().eventType(), type -> new TreeSet<>())
          .add(taken.owner());
    }
    List<String> rows = new ArrayList<>();
    for (PublishedEvent event : catalog.published().values()) {
      rows.add(row(event, readers.getOrDefault(event.type(), new TreeSet<>())));
    }
    foreign(catalog, readers, rows);
    return """
        # The catalog of events

        Generated from the owners' payload records; don't edit. After a change:

        ```
        %s
        ```

        `?` marks a field that may be absent. The key is that of the record.

        | event | published by | topic | data | key | read by |
        |---|---|---|---|---|---|
        %s
        """
        .formatted(writeCommand, String.join("\n", rows));
  }

  private static String row(PublishedEvent event, Set<String> readers) {
    return "| [`%s`](%s) | %s | `%s` | %s | %s | %s |"
        .formatted(
            event.type(),
            CatalogFiles.nameOf(event.type()),
            owners(event),
            event.payload().name().topic(),
            fields(event.schema().data()),
            key(event),
            String.join(", ", readers));
  }

  private static String owners(PublishedEvent event) {
    return event.owners().stream()
        .map(owner -> owner.equals(DeclaredEvents.FRAMEWORK) ? "any agent" : owner)
        .collect(Collectors.joining(", "));
  }

  private static String fields(JsonNode data) {
    Set<String> required =
        data.path("required").values().stream().map(JsonNode::asString).collect(Collectors.toSet());
    return data.path("properties").propertyNames().stream()
        .map(name -> "`" + name + "`" + (required.contains(name) ? "" : "?"))
        .collect(Collectors.joining(", "));
  }

  private static String key(PublishedEvent event) {
    return Arrays.stream(event.payload().recordClass().getRecordComponents())
        .filter(component -> component.isAnnotationPresent(EntityKey.class))
        .map(component -> "`" + RecordSchema.wireName(component) + "`")
        .findFirst()
        .orElse("its cause's");
  }

  private static void foreign(
      EventCatalog catalog, Map<String, SortedSet<String>> readers, List<String> lines) {
    List<String> rows = new ArrayList<>();
    readers.forEach(
        (type, by) -> {
          if (!catalog.published().containsKey(type)) {
            rows.add("| `" + type + "` | " + String.join(", ", by) + " |");
          }
        });
    if (!rows.isEmpty()) {
      lines.addAll(
          List.of("", "Read here, published elsewhere:", "", "| event | read by |", "|---|---|"));
      lines.addAll(rows);
    }
  }
}
