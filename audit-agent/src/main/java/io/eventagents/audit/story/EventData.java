package io.eventagents.audit.story;

import io.eventagents.audit.index.OutlinedEvent;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what an event tells, where it is JSON. */
final class EventData {

  private static final JsonMapper JSON = JsonMapper.shared();

  private EventData() {}

  /** A missing node where there is nothing to read, or it cannot be. */
  static JsonNode of(OutlinedEvent event) {
    try {
      return event.data() == null ? JSON.missingNode() : JSON.readTree(event.data());
    } catch (JacksonException unreadable) {
      return JSON.missingNode();
    }
  }
}
