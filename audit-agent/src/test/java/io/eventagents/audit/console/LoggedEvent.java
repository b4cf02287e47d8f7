package io.eventagents.audit.console;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * An event to be logged.
 *
 * @param data as JSON
 */
record LoggedEvent(
    String chain,
    String id,
    String type,
    @Nullable String cause,
    String source,
    String occurredAt,
    String data,
    String key,
    RecordHeaders headers) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static LoggedEvent of(String chain, String id, String type, @Nullable String cause) {
    return new LoggedEvent(
        chain,
        id,
        type,
        cause,
        "agent-of-" + type,
        "2025-01-15T14:30:22Z",
        "{}",
        "task-1",
        new RecordHeaders());
  }

  LoggedEvent from(String other) {
    return new LoggedEvent(chain, id, type, cause, other, occurredAt, data, key, headers);
  }

  LoggedEvent at(String time) {
    return new LoggedEvent(chain, id, type, cause, source, time, data, key, headers);
  }

  LoggedEvent with(String json) {
    return new LoggedEvent(chain, id, type, cause, source, occurredAt, json, key, headers);
  }

  LoggedEvent keyed(String other) {
    return new LoggedEvent(chain, id, type, cause, source, occurredAt, data, other, headers);
  }

  LoggedEvent header(String name, String value) {
    RecordHeaders more = new RecordHeaders(headers);
    more.add(name, value.getBytes(StandardCharsets.UTF_8));
    return new LoggedEvent(chain, id, type, cause, source, occurredAt, data, key, more);
  }

  byte[] value() {
    ObjectNode event = JSON.createObjectNode();
    event.put("event_id", id).put("event_type", type).put("occurred_at", occurredAt);
    event.putRawValue("data", new RawValue(data)); // numbers stay as they are
    ObjectNode metadata = event.putObject("metadata");
    metadata.put("correlation_id", chain).put("causation_id", cause).put("source", source);
    return JSON.writeValueAsBytes(event);
  }
}
