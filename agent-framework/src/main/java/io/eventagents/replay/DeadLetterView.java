package io.eventagents.replay;

import io.eventagents.deadletter.DeadLetterHeaders;
import io.eventagents.wire.EventReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A dead letter as it is shown.
 *
 * @param agent who gave it up
 * @param id names it among the agent's dead letters
 * @param eventId the event; null where the record had no readable id
 * @param eventType its type
 * @param correlationId its chain
 * @param key the key of the record, as text
 * @param reason why it was given up
 * @param exception the class that was thrown
 * @param attempts how often it was tried
 * @param failedAt when it was given up
 * @param topic where it had been read
 * @param partition its partition
 * @param offset its offset
 * @param holdsKey whether later events of its key wait behind it
 * @param state what became of it: open, replaying, discarding, replayed, failed_again or discarded
 * @param requestedBy who asked for that
 * @param why in words
 * @param requestedAt when
 * @param content headers and value, where one letter is shown
 */
@JsonNaming(SnakeCaseStrategy.class)
record DeadLetterView(
    String agent,
    String id,
    @Nullable String eventId,
    String eventType,
    @Nullable String correlationId,
    @Nullable String key,
    String reason,
    @Nullable String exception,
    @Nullable Integer attempts,
    Instant failedAt,
    String topic,
    int partition,
    long offset,
    boolean holdsKey,
    String state,
    @Nullable String requestedBy,
    @Nullable String why,
    @Nullable Instant requestedAt,
    @Nullable Content content) {

  /**
   * What was in the record.
   *
   * @param headers those of the record as it came, the last of each name
   * @param value the value as text; null where there is none, or it is no text
   * @param valueBase64 the value where it is no text
   * @param valueOmitted why the value is not kept here; it still is at topic, partition and offset
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Content(
      Map<String, String> headers,
      @Nullable String value,
      @Nullable String valueBase64,
      @Nullable String valueOmitted) {

    private static Content of(DeadLetter letter) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (Header header : letter.record().headers()) {
        String text = EventReader.header(letter.record(), header.key());
        if (!header.key().startsWith(DeadLetterHeaders.PREFIX) && text != null) {
          headers.put(header.key(), text);
        }
      }
      byte[] value = letter.record().value();
      String text = value == null ? null : text(value);
      return new Content(
          headers,
          text,
          value == null || text != null ? null : Base64.getEncoder().encodeToString(value),
          letter.header(DeadLetterHeaders.VALUE_OMITTED));
    }
  }

  static DeadLetterView of(DeadLetter letter) {
    return of(letter, null);
  }

  static DeadLetterView withContent(DeadLetter letter) {
    return of(letter, Content.of(letter));
  }

  private static DeadLetterView of(DeadLetter letter, @Nullable Content content) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    return new DeadLetterView(
        letter.agent(),
        letter.id().toString(),
        letter.identity().eventId(),
        letter.eventType(),
        letter.identity().correlationId(),
        record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
        letter.reason(),
        letter.header(DeadLetterHeaders.EXCEPTION),
        number(letter.header(DeadLetterHeaders.ATTEMPTS)),
        letter.failedOn(),
        letter.failedAt().topic(),
        letter.failedAt().partition(),
        letter.failedAt().offset(),
        letter.holdsKey(),
        letter.resolution().state().text(),
        letter.resolution().by(),
        letter.resolution().why(),
        letter.resolution().at(),
        content);
  }

  private static @Nullable Integer number(@Nullable String text) {
    try {
      return text == null ? null : Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return null; // somebody else's header
    }
  }

  private static @Nullable String text(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return null; // shown as base64
    }
  }
}
