package io.eventagents.audit.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event with everything that a viewer may see of it.
 *
 * @param envelope names and values
 * @param data null if there are none or the record is no event
 * @param payload the record's value if it is no event; null if it is one or has no value
 * @param whole the address of data or payload as a whole
 * @param headers names and values in the order of the record
 * @param chainPath null if it belongs to no chain
 * @param inPart why it is not indexed in full; null if it is
 * @param masked whether personal data are masked
 */
record EventContent(
    String type,
    boolean readable,
    @Nullable String eventId,
    List<Named> envelope,
    @Nullable Excerpt data,
    @Nullable Excerpt payload,
    String whole,
    List<Named> headers,
    List<Named> position,
    LineVerdict verdict,
    @Nullable String chainPath,
    @Nullable String traceUrl,
    @Nullable String mismatches,
    @Nullable String inPart,
    long occurrences,
    boolean masked) {

  /**
   * A name with its value.
   *
   * @param path of the page of the value; null if it has none
   */
  record Named(String name, String value, @Nullable String path) {

    static Named of(String name, @Nullable Object value) {
      return new Named(name, value == null ? "–" : String.valueOf(value), null);
    }
  }
}
