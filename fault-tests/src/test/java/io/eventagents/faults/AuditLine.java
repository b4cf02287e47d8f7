package io.eventagents.faults;

import tools.jackson.databind.JsonNode;

/**
 * What a line of the audit log says of its record. It leaves out the payload, which the digest
 * stands for: the logs of all tests are read again and again, and would not fit into memory.
 *
 * @param key empty if it has none
 * @param salt what the payload's digest begins with; empty if there is none
 * @param sha256 of salt and payload
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
