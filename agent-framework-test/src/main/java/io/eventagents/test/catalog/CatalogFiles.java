package io.eventagents.test.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as it was last published: a folder with the JSON Schema of every event type and a
 * table of them. A difference is a change; a change that breaks readers is refused.
 */
public final class CatalogFiles {

  private static final String SUFFIX = ".schema.json";
  private static final String TABLE = "README.md";

  private final Path folder;
  private final String writeCommand;
  private final String allowOption;

  private CatalogFiles(Path folder, String writeCommand, String allowOption) {
    this.folder = folder;
    this.writeCommand = writeCommand;
    this.allowOption = allowOption;
  }

  /**
   * The catalog in a folder, which is made when it is first written.
   *
   * @param writeCommand how {@link #write} is called, for messages: a command line
   * @param allowOption what to add to it to allow the break of an event type, such as {@code
   *     -Dcatalog.allow=}
   */
  public static CatalogFiles in(Path folder, String writeCommand, String allowOption) {
    return new CatalogFiles(folder, writeCommand, allowOption);
  }

  static String nameOf(String eventType) {
    return eventType + SUFFIX;
  }

  /**
   * Compares the files with the catalog of the code.
   *
   * @throws AssertionError if they differ; it says which field of which event type, whether that
   *     breaks readers, and what to do
   */
  public void verify(EventCatalog catalog) {
    refuseBreakages(catalog, Set.of());
    List<String> stale = new ArrayList<>();
    contents(catalog)
        .forEach(
            (name, text) -> {
              if (!text.equals(read(folder.resolve(name)))) {
                stale.add("- " + name);
              }
            });
    types().stream()
        .filter(type -> !catalog.published().containsKey(type))
        .forEach(type -> stale.add("- " + nameOf(type)));
    if (!stale.isEmpty()) {
      throw new AssertionError(
          """
          The catalog of events in %s is not that of the code, and no reader is broken by the difference:
          %s
          What to do: write it and commit it with the change:
            %s"""
              .formatted(folder, String.join("\n", stale), writeCommand));
    }
  }

  /**
   * Writes the catalog of the code.
   *
   * @param allowed event types whose readers may be broken: those that were never released
   * @throws AssertionError if that breaks readers of other event types; nothing is written then
   */
  public void write(EventCatalog catalog, Set<String> allowed) {
    refuseBreakages(catalog, allowed);
    try {
      Files.createDirectories(folder);
      for (String type : types()) {
        if (!catalog.published().containsKey(type)) {
          Files.delete(folder.resolve(nameOf(type)));
        }
      }
      for (Map.Entry<String, String> file : contents(catalog).entrySet()) {
        Path path = folder.resolve(file.getKey());
        if (!file.getValue().equals(read(path))) {
          Files.writeString(path, file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The catalog cannot be written to " + folder, e);
    }
  }

  /**
   * Holds an application of another module to this catalog: what its agents read must fit what is
   * published, and what it publishes must fit what the catalog says of that event type, if it does.
   *
   * @throws AssertionError if it does not; it says which field, and what to do
   */
  public void verifyApplication(EventCatalog application) {
    if (!Files.isDirectory(folder)) {
      throw new AssertionError(
          "There is no catalog in " + folder.toAbsolutePath() + ". Write it: " + writeCommand);
    }
    SortedMap<String, EventSchema> known = new TreeMap<>();
    application.published().forEach((type, event) -> known.put(type, event.schema()));
    types().forEach(type -> known.put(type, schema(type)));
    Readers.verify(
        application.declared().taken(), known, type -> "the catalog in " + folder.getFileName());
    List<String> problems = new ArrayList<>();
    Set<String> promised = types();
    application
        .published()
        .forEach(
            (type, event) -> {
              if (!promised.contains(type)) {
                return;
              }
              List<Misfit> misfits =
                  Fit.misfits(event.schema(), schema(type)).stream()
                      .filter(misfit -> misfit.kind() != Misfit.Kind.NEVER_WRITTEN)
                      .toList();
              if (!misfits.isEmpty()) {
                problems.add(unlike(event, misfits));
              }
            });
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n\n", problems));
    }
  }

  private static String unlike(PublishedEvent event, List<Misfit> misfits) {
    return """
        %s publishes %s as %s, which is not what the catalog promises its readers:
        %s
        What to do: publish what is promised (%s), or give the event a type of its own."""
        .formatted(
            String.join(", ", event.owners()),
            event.type(),
            event.payload().recordClass().getName(),
            Misfit.list(misfits, CatalogFiles::words),
            nameOf(event.type()));
  }

  private static String words(Misfit misfit) {
    return switch (misfit.kind()) {
      case MISSING, NEVER_WRITTEN ->
          "readers are promised " + misfit.expected() + ", it publishes nothing";
      case MAY_BE_ABSENT ->
          "readers are promised that it is always there, it may be absent (outside of @NullMarked"
              + " code every component may)";
      case TYPE, VALUES ->
          "readers are promised " + misfit.expected() + ", it publishes " + misfit.written();
    };
  }

  private void refuseBreakages(EventCatalog catalog, Set<String> allowed) {
    Set<String> broken = new TreeSet<>();
    List<String> problems = new ArrayList<>();
    for (String type : types()) {
      PublishedEvent event = catalog.published().get(type);
      if (allowed.contains(type)) {
        continue;
      }
      if (event == null) {
        broken.add(type);
        problems.add(type + " is no longer published by anybody: its readers wait for ever.");
        continue;
      }
      List<Breakage> breakages = Breakage.between(schema(type), event.schema());
      if (!breakages.isEmpty()) {
        broken.add(type);
        problems.add(
            "%s (%s) is changed so that readers break:\n%s"
                .formatted(
                    type,
                    event.payload().recordClass().getName(),
                    String.join("\n", breakages.stream().map(one -> "- " + one).toList())));
      }
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(
          """
          %s

          What to do: take the change back. Add a field as @Nullable beside the others; for any other \
          change declare a new event type, and publish both while readers move. Only where the type \
          was never released:
            %s %s%s"""
              .formatted(
                  String.join("\n\n", problems),
                  writeCommand,
                  allowOption,
                  String.join(",", broken)));
    }
  }

  private SortedMap<String, String> contents(EventCatalog catalog) {
    SortedMap<String, String> files = new TreeMap<>();
    catalog.published().forEach((type, event) -> files.put(nameOf(type), event.schema().text()));
    files.put(TABLE, CatalogTable.of(catalog, writeCommand));
    return files;
  }

  private EventSchema schema(String type) {
    String text = read(folder.resolve(nameOf(type)));
    return EventSchema.parse(text == null ? "{}" : text);
  }

  private Set<String> types() {
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException("The catalog cannot be read from " + folder, e);
    }
  }

  private static @Nullable String read(Path file) {
    try {
      // A checkout may have converted line ends.
      return Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : null;
    } catch (IOException e) {
      throw new UncheckedIOException("The catalog cannot be read: " + file, e);
    }
  }
}
