package io.eventagents;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The names of the record headers: UTF-8 strings that repeat the envelope, so that an event of
 * another type is skipped without parsing it. Where they are present, they decide routing.
 */
public final class EventHeaders {

  /** Repeats {@code event_id}. */
  public static final String EVENT_ID = "event_id";

  /** Repeats {@code event_type}. */
  public static final String EVENT_TYPE = "event_type";

  /** Repeats {@code metadata.correlation_id}. */
  public static final String CORRELATION_ID = "correlation_id";

  /** Repeats {@code metadata.causation_id}. */
  public static final String CAUSATION_ID = "causation_id";

  /** Repeats {@code metadata.source}. */
  public static final String SOURCE = "source";

  /** The trace that the event belongs to, as in the W3C recommendation Trace Context. */
  public static final String TRACEPARENT = "traceparent";

  /**
   * What the event goes back to: how many events, and how often each agent is among those that
   * emitted them, such as {@code 4;invoicing=2,billing=2}. Chains that run away are stopped by it.
   * Absent from what starts a chain.
   */
  public static final String ANCESTRY = "ancestry";

  private EventHeaders() {}

  /** The bytes of the last header of this name; null if there is none, or it has no value. */
  public static byte @Nullable [] value(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : header.value();
  }

  /**
   * What a header says, as agents and the audit read it: UTF-8 text. Old Spring producers write
   * strings as JSON, so quotation marks around it are left out.
   *
   * @param value the bytes of the last header of its name
   * @return null if the header says nothing: it is missing, blank, or not UTF-8
   */
  public static @Nullable String read(byte @Nullable [] value) {
    if (value == null || value.length == 0) {
      return null;
    }
    try {
      return read(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(value))
              .toString());
    } catch (CharacterCodingException notText) {
      // Two ids whose foreign characters are replaced could be one and the same.
      return null;
    }
  }

  /**
   * What a header says whose value is text already.
   *
   * @param value the value of the last header of its name
   * @return null if the header says nothing: it is missing or blank
   */
  public static @Nullable String read(@Nullable String value) {
    if (value == null) {
      return null;
    }
    int last = value.length() - 1;
    boolean isQuoted = last > 0 && value.charAt(0) == '"' && value.charAt(last) == '"';
    String text = isQuoted ? value.substring(1, last) : value;
    return text.isBlank() ? null : text;
  }
}
