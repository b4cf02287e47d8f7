package io.eventagents.test.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A change of an event type that breaks readers. Readers of new events were written against what
 * the type was. Readers of old events, which are kept, replayed and audited, are written against
 * what it is now.
 *
 * @param path the field
 * @param problem what became of it, a sentence without its subject
 */
record Breakage(String path, String problem) {

  /** What the change from one schema of an event type to another breaks; empty if nothing. */
  static List<Breakage> between(EventSchema before, EventSchema after) {
    Map<String, Breakage> found = new LinkedHashMap<>();
    for (Misfit misfit : Fit.misfits(after, before)) {
      add(found, misfit.path(), ofNewEvents(misfit));
    }
    for (Misfit misfit : Fit.misfits(before, after)) {
      if (misfit.kind() != Misfit.Kind.NEVER_WRITTEN) {
        add(found, misfit.path(), ofOldEvents(misfit));
      }
    }
    return new ArrayList<>(found.values());
  }

  private static void add(Map<String, Breakage> found, String path, String problem) {
    found.putIfAbsent(path, new Breakage(path, problem));
  }

  private static String ofNewEvents(Misfit misfit) {
    return switch (misfit.kind()) {
      case MISSING, NEVER_WRITTEN ->
          "was removed (it was " + misfit.expected() + "): its readers find nothing";
      case MAY_BE_ABSENT ->
          "is no longer always there: readers that require it dead-letter events without it";
      case TYPE ->
          "was retyped from %s to %s: readers of the one cannot read the other"
              .formatted(misfit.expected(), misfit.written());
      case VALUES -> "may now be " + misfit.written() + ": readers know only " + misfit.expected();
    };
  }

  private static String ofOldEvents(Misfit misfit) {
    return switch (misfit.kind()) {
      case MISSING ->
          "is new and required: events that were published before do not have it, and readers that"
              + " require it dead-letter them";
      case MAY_BE_ABSENT ->
          "is newly required: events that were published before may lack it, and readers that"
              + " require it dead-letter them";
      case TYPE -> "was retyped from " + misfit.written() + " to " + misfit.expected();
      case VALUES ->
          "can no longer be " + misfit.written() + ": events that were published before are";
      case NEVER_WRITTEN -> throw new IllegalArgumentException("An added field breaks nobody");
    };
  }

  @Override
  public String toString() {
    return path + " " + problem;
  }
}
