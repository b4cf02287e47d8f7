package io.eventagents.audit.console;

import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.index.RecordPlace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Addresses of pages. Ids may be any text, so each is encoded, and none is put into a path that it
 * would change.
 */
final class Links {

  /** Path segments that mean something else. */
  private static final Set<String> TAKEN = Set.of(".", "..", "live", "events");

  private Links() {}

  /** The page of a chain. */
  static String chain(String correlationId) {
    return isSegment(correlationId)
        ? "/chains/" + encoded(correlationId)
        : "/chains?correlation_id=" + encoded(correlationId);
  }

  /** The page of an event. */
  static String event(String eventId) {
    return isSegment(eventId)
        ? "/events/" + encoded(eventId)
        : "/events?event_id=" + encoded(eventId);
  }

  /** The page of a record, whether or not it is an event. */
  static String record(RecordPlace place) {
    return record(place.topicId(), place.partition(), place.offset());
  }

  /** The page of an event of a chain, even if it has no id. */
  static String node(ChainNode node) {
    return node.event().eventId() == null
        ? record(node.event().knownPlace())
        : event(node.event().eventId());
  }

  /** The anchor of an event on the page of its chain. */
  static String anchor(ChainNode node) {
    String id = node.event().eventId();
    if (id != null) {
      return "event-" + encoded(id);
    }
    RecordPlace place = node.event().knownPlace();
    return "event-" + encoded(place.topicId() + "-" + place.partition() + "-" + place.offset());
  }

  static String record(String topicId, int partition, long offset) {
    return "/records/" + encoded(topicId) + "/" + partition + "/" + offset;
  }

  /** Encodes a text for a path, a query or a fragment. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Servers refuse some characters in a path even if they are encoded. */
  private static boolean isSegment(String text) {
    return !text.isBlank()
        && !TAKEN.contains(text)
        && text.chars()
            .noneMatch(c -> c == '/' || c == '\\' || c == ';' || c == '%' || c < ' ' || c == 0x7f);
  }
}
