package io.eventagents.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;

/** The headers that a dead letter has besides those of the original record; UTF-8 strings. */
public final class DeadLetterHeaders {

  /** The agent that could not handle it. */
  public static final String AGENT = "dead_letter_agent";

  /** Why, in words. */
  public static final String REASON = "dead_letter_reason";

  /** The class of the exception. */
  public static final String EXCEPTION = "dead_letter_exception";

  /** How often it was tried. */
  public static final String ATTEMPTS = "dead_letter_attempts";

  /** When it was given up, in ISO 8601. */
  public static final String FAILED_AT = "dead_letter_failed_at";

  /** The topic that the record was read from. */
  public static final String TOPIC = "dead_letter_topic";

  /** Its partition. */
  public static final String PARTITION = "dead_letter_partition";

  /** Its offset. */
  public static final String OFFSET = "dead_letter_offset";

  /**
   * Why the value was left out, if the topic or the broker takes none of that size. The original is
   * at {@link #TOPIC}, {@link #PARTITION} and {@link #OFFSET} for as long as that topic keeps it.
   */
  public static final String VALUE_OMITTED = "dead_letter_value_omitted";

  /** Present if the record's own headers and its key were left out too; the original has them. */
  public static final String HEADERS_OMITTED = "dead_letter_headers_omitted";

  /** The type of the event. */
  public static final String EVENT_TYPE = "dead_letter_event_type";

  /** The {@code event_id} of the {@code delivery.failed} that tells of it. */
  public static final String FAILED_EVENT_ID = "dead_letter_failed_event_id";

  /**
   * {@code true} if later events of the key wait behind it. Then the agent itself discards it and
   * goes on with them.
   */
  public static final String HOLDS_KEY = "dead_letter_holds_key";

  /** On what is sent back to the agent: {@code replay} or {@code discard}. */
  public static final String REQUEST = "dead_letter_request";

  /** On what is sent back to the agent: who asked for it. */
  public static final String REQUESTED_BY = "dead_letter_requested_by";

  /** On what is sent back to the agent: why, in words. */
  public static final String REQUESTED_WHY = "dead_letter_requested_why";

  /** On what is sent back to the agent: when it was asked for, in ISO 8601. */
  public static final String REQUESTED_AT = "dead_letter_requested_at";

  /** The prefix of all of them. */
  public static final String PREFIX = "dead_letter_";

  private DeadLetterHeaders() {}

  static void write(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(UTF_8));
  }
}
