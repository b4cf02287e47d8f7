package io.eventagents.test.catalog;

import io.eventagents.wire.EventTypeName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/**
 * Whether readers can read what is published. An event that nobody in the repository publishes
 * belongs to somebody else and passes, unless its name looks like a mistake.
 */
final class Readers {

  private final Map<String, EventSchema> published;
  private final UnaryOperator<String> ownersOf;

  private Readers(Map<String, EventSchema> published, UnaryOperator<String> ownersOf) {
    this.published = published;
    this.ownersOf = ownersOf;
  }

  /**
   * @param ownersOf who publishes an event type, for messages
   * @throws AssertionError if a reader does not fit
   */
  static void verify(
      List<DeclaredEvent> taken,
      Map<String, EventSchema> published,
      UnaryOperator<String> ownersOf) {
    Readers readers = new Readers(published, ownersOf);
    List<String> problems = taken.stream().flatMap(one -> readers.problem(one).stream()).toList();
    if (!problems.isEmpty()) {
      throw new AssertionError(String.join("\n\n", problems));
    }
  }

  private Optional<String> problem(DeclaredEvent taken) {
    EventSchema schema = published.get(taken.payload().eventType());
    return schema == null ? misnamed(taken) : misread(taken, schema);
  }

  private Optional<String> misnamed(DeclaredEvent taken) {
    EventTypeName name = taken.payload().name();
    boolean domainIsOurs =
        published.keySet().stream()
            .anyMatch(type -> EventTypeName.parse(type).domain().equals(name.domain()));
    Optional<String> nearest =
        published.keySet().stream()
            .min(Comparator.comparingInt(type -> EditDistance.between(type, name.toString())));
    boolean isNear =
        nearest.isPresent() && EditDistance.between(nearest.get(), name.toString()) <= 2;
    if (!domainIsOurs && !isNear) {
      return Optional.empty();
    }
    return Optional.of(
        """
        %s reads %s (%s), which nobody publishes%s. It would wait for ever.
        What to do: correct its @EventType%s, or publish the event."""
            .formatted(
                taken.owner(),
                name,
                taken.payload().recordClass().getName(),
                domainIsOurs
                    ? ", though others of the domain '" + name.domain() + "' are published here"
                    : "",
                nearest.map(type -> isNear ? " ('" + type + "'?)" : "").orElse("")));
  }

  private Optional<String> misread(DeclaredEvent taken, EventSchema schema) {
    EventSchema view = EventSchema.of(taken.payload());
    List<Misfit> misfits = Fit.misfits(schema, view);
    if (misfits.isEmpty()) {
      return Optional.empty();
    }
    String type = taken.payload().eventType();
    return Optional.of(
        """
        %s reads %s as %s, which does not fit what %s publishes:
        %s
        What to do: change the reader's record so that it says only what the owner promises (see %s), \
        or let the owner add what the reader needs."""
            .formatted(
                taken.owner(),
                type,
                taken.payload().recordClass().getName(),
                ownersOf.apply(type),
                Misfit.list(misfits, misfit -> words(misfit, schema)),
                CatalogFiles.nameOf(type)));
  }

  private static String words(Misfit misfit, EventSchema schema) {
    return switch (misfit.kind()) {
      case MISSING ->
          "the reader requires it (%s), the owner does not publish it; every event would be dead-lettered.%s"
              .formatted(misfit.expected(), near(misfit, schema));
      case NEVER_WRITTEN ->
          "the reader looks for it (%s), the owner does not publish it; it would always be absent.%s"
              .formatted(misfit.expected(), near(misfit, schema));
      case MAY_BE_ABSENT ->
          "the reader requires it, the owner may leave it out; mark it @Nullable in the reader's"
              + " record, and handle its absence";
      case TYPE ->
          "the reader expects " + misfit.expected() + ", the owner publishes " + misfit.written();
      case VALUES ->
          "the owner publishes %s, which the reader does not know; it knows %s"
              .formatted(misfit.written(), misfit.expected());
    };
  }

  /** A field of the owner, at the same place, that may be meant. */
  private static String near(Misfit misfit, EventSchema schema) {
    int last = misfit.path().lastIndexOf('.');
    if (!misfit.path().substring(0, Math.max(last, 0)).equals("data")) {
      return "";
    }
    JsonNode fields = schema.data().path("properties");
    String field = misfit.path().substring(last + 1);
    return fields.propertyNames().stream()
        .filter(name -> EditDistance.between(name, field) <= Math.max(2, field.length() / 3))
        .min(Comparator.comparingInt(name -> EditDistance.between(name, field)))
        .map(name -> " Is '" + name + "' meant?")
        .orElse(" It publishes: " + String.join(", ", fields.propertyNames()) + ".");
  }
}
