package io.eventagents.deadletter;

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
   * Present where the value was left out, since topic or broker take none of that size: why. The
   * original lies at {@link #TOPIC}, {@link #PARTITION} and {@link #OFFSET} for as long as that
   * topic keeps it.
   */
  public static final String VALUE_OMITTED = "dead_letter_value_omitted";

  /** What all of them begin with. */
  public static final String PREFIX = "dead_letter_";

  private DeadLetterHeaders() {}
}
