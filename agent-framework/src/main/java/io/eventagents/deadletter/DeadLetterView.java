package io.eventagents.deadletter;

import io.eventagents.DeadLetterDesk.Content;
import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.EventHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Makes dead letters ready to be shown. */
final class DeadLetterView {

  private DeadLetterView() {}

  private static Content contentOf(StoredDeadLetter letter) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : letter.record().headers()) {
      byte[] bytes = header.value();
      if (!header.key().startsWith(DeadLetterHeaders.PREFIX) && bytes != null && bytes.length > 0) {
        String said = EventHeaders.read(bytes);
        headers.put(
            header.key(),
            said == null ? "base64:" + Base64.getEncoder().encodeToString(bytes) : said);
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

  /** Without its content, and with shortened texts. */
  static Letter of(StoredDeadLetter letter) {
    return of(letter, ShortText::of, ShortText.reason(letter.reason()), null);
  }

  static Letter withContent(StoredDeadLetter letter) {
    return of(letter, UnaryOperator.identity(), letter.reason(), contentOf(letter));
  }

  private static Letter of(
      StoredDeadLetter letter,
      UnaryOperator<@Nullable String> texts,
      String reason,
      @Nullable Content content) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    return new Letter(
        letter.agent(),
        letter.id().toString(),
        texts.apply(letter.identity().eventId()),
        String.valueOf(texts.apply(letter.eventType())),
        texts.apply(letter.identity().correlationId()),
        texts.apply(record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8)),
        reason,
        texts.apply(letter.header(DeadLetterHeaders.EXCEPTION)),
        number(letter.header(DeadLetterHeaders.ATTEMPTS)),
        letter.failedOn(),
        letter.failedAt().topic(),
        letter.failedAt().partition(),
        letter.failedAt().offset(),
        letter.holdsKey(),
        letter.resolution().state(),
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
