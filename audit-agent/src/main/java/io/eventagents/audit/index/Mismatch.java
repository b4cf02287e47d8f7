package io.eventagents.audit.index;

/**
 * Where the headers of a record say something else than its body.
 *
 * @param field the name of header and field, such as {@code event_type}
 * @param header what the header says
 * @param body what the body says
 */
record Mismatch(String field, String header, String body) {}
