package io.eventagents.audit.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Where the headers of a record say something else than its body, or the body something that cannot
 * be read: a time that is none.
 *
 * @param field the name of header and field, such as {@code event_type}
 * @param header what the header says; null where there is no such header
 * @param body what the body says
 */
record Mismatch(
    String field,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String header,
    String body) {}
