package io.eventagents.notification.receipt;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A part of a receipt in JSON. If a requested field is missing, the receipt is malformed. */
record ReceiptJson(JsonNode node) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  static ReceiptJson parse(byte[] text) throws MalformedReceipt {
    try {
      return new ReceiptJson(JSON.readTree(text));
    } catch (JacksonException e) {
      throw new MalformedReceipt("The receipt is not JSON", e);
    }
  }

  ReceiptJson object(String name) throws MalformedReceipt {
    JsonNode child = node.path(name);
    if (!child.isObject()) {
      throw new MalformedReceipt("'%s' must be an object".formatted(name));
    }
    return new ReceiptJson(child);
  }

  String text(String name) throws MalformedReceipt {
    String value = optional(name);
    if (value == null) {
      throw new MalformedReceipt("'%s' must be a text".formatted(name));
    }
    return value;
  }

  /** Null also if the text is blank: providers write that for a value that they do not have. */
  @Nullable String optional(String name) {
    JsonNode child = node.path(name);
    return child.isString() && !child.stringValue().isBlank() ? child.stringValue() : null;
  }

  /**
   * A time in ISO 8601; null if there is none that can be read, as the receipt counts without it.
   */
  @Nullable Instant time(String name) {
    String value = optional(name);
    if (value == null) {
      return null;
    }
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(value, OffsetDateTime::from).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
