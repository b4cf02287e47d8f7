package io.eventagents.audit.console;

import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.index.ChainOutlines;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what went wrong from the events that report failures. Thread-safe. */
final class Failures {

  /** A cut may leave a part of an escape, which has to go too. */
  private static final int LONGEST_ESCAPE = 6;

  private final Set<String> types;
  private final PersonalView personal;

  /**
   * @param types of the events that report failures
   */
  Failures(Set<String> types, PersonalView personal) {
    this.types = Set.copyOf(types);
    this.personal = personal;
  }

  boolean tellsOfOne(ChainNode node) {
    return types.contains(node.type());
  }

  /** The failure that the event reports; empty if it reports none. */
  Optional<Failure> of(ChainNode node, Viewer viewer) {
    if (!tellsOfOne(node)) {
      return Optional.empty();
    }
    String data = node.event().data();
    try {
      JsonNode json =
          JsonMapper.shared()
              .readTree(data == null ? "{}" : personal.data(node.type(), closed(data), viewer));
      return Optional.of(
          new Failure(
              Excerpt.sentence(personal.reason(json.path("reason").asString(""), viewer)),
              json.path("attempts").asInt(0)));
    } catch (JacksonException unreadable) {
      return Optional.of(new Failure("", 0));
    }
  }

  /** The reason alone; empty if the event reports no failure. */
  String reason(ChainNode node, Viewer viewer) {
    return of(node, viewer).map(Failure::reason).orElse("");
  }

  /**
   * Completes data that were cut within a long reason to a JSON object; returns them as they are if
   * that fails.
   */
  private static String closed(String data) {
    if (data.length() < ChainOutlines.LOOKED_INTO || isJson(data)) {
      return data;
    }
    for (int end = data.length(); end > data.length() - LONGEST_ESCAPE; end--) {
      String closed = data.substring(0, end) + "\"}";
      if (isJson(closed)) {
        return closed;
      }
    }
    return data;
  }

  private static boolean isJson(String text) {
    try {
      return JsonMapper.shared().readTree(text).isObject();
    } catch (JacksonException cut) {
      return false;
    }
  }
}
