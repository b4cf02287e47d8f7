package io.eventagents.audit.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A field for which the headers of a record and its body differ, or a time in the body that cannot
 * be read.
 *
 * @param field the name of the header and of the field, such as {@code event_type}
 * @param header the value in the header; null if there is no such header
 * @param body the value in the body
 */
record Mismatch(
    String field,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String header,
    String body) {}
