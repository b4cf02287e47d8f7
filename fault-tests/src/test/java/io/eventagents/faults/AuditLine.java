package io.eventagents.faults;

import tools.jackson.databind.JsonNode;

/**
 * What a line of the audit log says about its record. The digest stands for the payload, because
 * the logs of all tests are read repeatedly and would not fit into memory.
 *
 * @param key the record's key; empty if it has none
 * @param salt the salt of the digest; empty if there is none
 * @param sha256 the digest of salt and payload
 */
record AuditLine(Place place, String key, String salt, String sha256) {

  static AuditLine of(JsonNode line) {
    JsonNode digest = line.path("payload_digest");
    return new AuditLine(
        new Place(
            line.path("topic").asString(""),
            line.path("partition").asInt(-1),
            line.path("offset").asLong(-1)),
        line.path("key").asString(""),
        digest.path("salt").asString(""),
        digest.path("sha256").asString(""));
  }
}
