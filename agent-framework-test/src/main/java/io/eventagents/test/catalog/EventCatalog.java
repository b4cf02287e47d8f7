package io.eventagents.test.catalog;

import io.eventagents.wire.PayloadType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every event type of the applications of a repository: what its owner publishes, and who reads it.
 * Usage, in a test of the module that sees all of them:
 *
 * <pre>{@code
 * EventCatalog catalog = EventCatalog.of(AllApplications.class, "spring.mail.host=localhost");
 *
 * @Test
 * void everyPayloadIsInTheCatalog() {
 *   catalog.verifyComplete("com.example");
 * }
 *
 * @Test
 * void readersFitWhatIsPublished() {
 *   catalog.verifyReaders();
 * }
 *
 * @Test
 * void publishedCatalogIsThatOfTheCode() {
 *   CatalogFiles.in(folder, "./mvnw ...", "-D...=").verify(catalog);
 * }
 * }</pre>
 *
 * <p>It is read from bean definitions: nothing starts, and no broker and no database is needed.
 */
public final class EventCatalog {

  private final SortedMap<String, PublishedEvent> published = new TreeMap<>();
  private final DeclaredEvents declared;

  EventCatalog(DeclaredEvents declared) {
    this.declared = declared;
    List<String> problems = new ArrayList<>();
    for (DeclaredEvent event : declared.emitted()) {
      PublishedEvent next = PublishedEvent.of(event);
      PublishedEvent known = published.get(next.type());
      if (known == null) {
        published.put(next.type(), next);
      } else if (known.schema().equals(next.schema())) {
        published.put(next.type(), known.alsoBy(event.owner()));
      } else {
        problems.add(PublishedTwice.of(known, next));
      }
    }
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n\n", problems));
    }
  }

  /**
   * Reads the catalog of applications.
   *
   * @param configuration what the applications are made of: a {@code @SpringBootApplication} or
   *     {@code @EnableAutoConfiguration} class
   * @param properties what turns on those agents that a condition may leave out, {@code name=value}
   * @throws AssertionError if two of them publish one event type in different shapes
   * @throws IllegalStateException if a publisher is made so that nobody can see what it publishes
   */
  public static EventCatalog of(Class<?> configuration, String... properties) {
    return new EventCatalog(DeclaredEvents.of(configuration, properties));
  }

  /**
   * Makes sure that no condition left an agent out: every payload record of the applications must
   * be taken or published by somebody.
   *
   * @param basePackage the package that the applications are in, or below
   * @throws AssertionError if one is not; it says which, and what to do
   */
  public void verifyComplete(String basePackage) {
    List<Class<?>> unused = declared.unusedOf(basePackage);
    if (!unused.isEmpty()) {
      throw new AssertionError(
          "No agent and no publisher uses these payload records:\n"
              + String.join("\n", unused.stream().map(one -> "- " + one.getName()).toList())
              + "\nWhat to do: delete them; or, where a condition leaves their agent out, turn it"
              + " on by a property given to EventCatalog.of(...).");
    }
  }

  /**
   * Holds every reader's own view of an event to what the event's owner publishes: what it requires
   * must always be there, and of a type that it can read.
   *
   * @throws AssertionError if one does not fit; it says which field, and what to do
   */
  public void verifyReaders() {
    Map<String, EventSchema> schemas = new TreeMap<>();
    published.forEach((type, event) -> schemas.put(type, event.schema()));
    Readers.verify(declared.taken(), schemas, this::ownersOf);
  }

  private String ownersOf(String eventType) {
    return Optional.ofNullable(published.get(eventType))
        .map(event -> String.join(", ", event.owners()))
        .orElse("nobody");
  }

  SortedMap<String, PublishedEvent> published() {
    return published;
  }

  DeclaredEvents declared() {
    return declared;
  }

  /** Describes what two owners publish under one name. */
  private static final class PublishedTwice {

    static String of(PublishedEvent one, PublishedEvent other) {
      return """
          %s is published in two shapes: by %s, and by %s. Its readers get both.
          %s
          What to do: declare the same fields on both, those that only one of them has as @Nullable; \
          or give one of them an event type of its own."""
          .formatted(
              one.type(),
              by(one),
              by(other),
              Stream.of(differences(one, other), differences(other, one))
                  .filter(lines -> !lines.isEmpty())
                  .collect(Collectors.joining("\n")));
    }

    private static String differences(PublishedEvent writer, PublishedEvent expecting) {
      return Misfit.list(
          Fit.misfits(writer.schema(), expecting.schema()),
          misfit ->
              "%s in %s, %s in %s"
                  .formatted(
                      misfit.written(),
                      name(writer.payload()),
                      misfit.expected(),
                      name(expecting.payload())));
    }

    private static String by(PublishedEvent event) {
      return String.join(", ", event.owners()) + " as " + name(event.payload());
    }

    private static String name(PayloadType payload) {
      return payload.recordClass().getName();
    }
  }
}
