package io.eventagents.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.EventHeaders;
import io.eventagents.wire.EventJson;
import io.eventagents.wire.EventTypeName;
import io.eventagents.wire.PayloadType;
import io.eventagents.wire.PayloadTypes;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that no well-meaning program writes, although each is valid JSON: texts that databases,
 * mails, logs and pages refuse, in every part of an event that holds text.
 *
 * <pre>{@code
 * for (HostileEvents.Hostile hostile : HostileEvents.of(new OrderPlaced("order-1", "Tea"))) {
 *   chains.send(hostile.record());
 * }
 * chains.awaitQuiet();
 *
 * assertThat(chains.deadLetters("notification-sms"))
 *     .allSatisfy(letter -> assertThat(letter.attempts()).isOne());
 * }</pre>
 */
public final class HostileEvents {

  private static final int LONG = 6_000;
  private static final int ENDLESS = 300_000;
  private static final JsonMapper JSON = EventJson.mapper();
  private static final Map<String, String> TEXTS = make();

  private HostileEvents() {}

  /**
   * An event with one hostile text.
   *
   * @param description which text is where
   * @param record the event
   * @param eventId its id; null if it has none
   * @param correlationId the chain that it is of; null if it has neither that nor an id
   */
  public record Hostile(
      String description,
      ProducerRecord<byte[], byte[]> record,
      @Nullable String eventId,
      @Nullable String correlationId) {

    @Override
    public String toString() {
      return description;
    }
  }

  /** Hostile texts by what they are, the same in every run. */
  public static Map<String, String> texts() {
    return TEXTS;
  }

  /**
   * Events with the data of the example, each with a hostile text in another place: in one of the
   * text components of the record, in the ids and the source, in body or header, or as the key.
   * Each has an id and a chain of its own.
   *
   * @param example a record with {@code @EventType}
   */
  public static List<Hostile> of(Record example) {
    return of(() -> example);
  }

  /**
   * The same with an example of its own for each event, such as one of another entity.
   *
   * @param examples records of one class
   */
  public static List<Hostile> of(Supplier<? extends Record> examples) {
    List<Hostile> events = new ArrayList<>();
    Class<? extends Record> type = examples.get().getClass();
    TEXTS.forEach(
        (name, text) -> {
          Arrays.stream(type.getRecordComponents())
              .filter(component -> component.getType() == String.class)
              .forEach(component -> events.add(inData(examples.get(), component, name, text)));
          for (String field :
              List.of(
                  EventHeaders.EVENT_ID,
                  EventHeaders.CORRELATION_ID,
                  EventHeaders.CAUSATION_ID,
                  EventHeaders.SOURCE)) {
            events.add(inBody(examples.get(), field, name, text));
            events.add(inHeader(examples.get(), field, name, text));
          }
          events.add(new Draft(examples.get(), name + " as the key").key(text).finish());
        });
    return events;
  }

  private static Hostile inData(
      Record example, RecordComponent component, String name, String text) {
    Draft draft = new Draft(example, name + " in data." + component.getName());
    draft.data.put(
        JSON.serializationConfig()
            .getPropertyNamingStrategy()
            .nameForField(JSON.serializationConfig(), null, component.getName()),
        text);
    return draft.finish();
  }

  private static Hostile inBody(Record example, String field, String name, String text) {
    Draft draft = new Draft(example, name + " in the body's " + field);
    draft.fields.put(field, draft.unique(field, text));
    return draft.finish();
  }

  /** The text is only in the header, so that it counts. */
  private static Hostile inHeader(Record example, String field, String name, String text) {
    Draft draft = new Draft(example, name + " in the header " + field);
    draft.fields.remove(field);
    draft.headers.put(field, draft.unique(field, text));
    return draft.finish();
  }

  /** An event in the making. */
  private static final class Draft {

    private final String description;
    private final PayloadType type;
    private final String tag = UUID.randomUUID().toString();
    private final ObjectNode data;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String key = tag;

    Draft(Record example, String description) {
      this.description = description;
      this.type = PayloadTypes.of(example.getClass()).of(example);
      this.data = JSON.valueToTree(example);
      fields.put(EventHeaders.EVENT_ID, tag);
      fields.put(EventHeaders.CORRELATION_ID, "req-" + tag);
      fields.put(EventHeaders.CAUSATION_ID, "call-" + tag);
      fields.put(EventHeaders.SOURCE, "hostile");
    }

    Draft key(String text) {
      key = text;
      return this;
    }

    /** Events with the same id would count as one; blank text stays blank. */
    String unique(String field, String text) {
      boolean isId =
          field.equals(EventHeaders.EVENT_ID) || field.equals(EventHeaders.CORRELATION_ID);
      return isId && !text.isBlank() ? text + tag : text;
    }

    Hostile finish() {
      ObjectNode body = JSON.createObjectNode();
      ObjectNode metadata = JSON.createObjectNode();
      fields.forEach(
          (name, text) -> (name.equals(EventHeaders.EVENT_ID) ? body : metadata).put(name, text));
      body.put("event_type", type.eventType());
      body.set("data", data);
      body.set("metadata", metadata);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              EventTypeName.parse(type.eventType()).topic(),
              key.getBytes(UTF_8),
              JSON.writeValueAsBytes(body));
      headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
      String eventId = said(EventHeaders.EVENT_ID);
      String correlationId = said(EventHeaders.CORRELATION_ID);
      return new Hostile(
          description, record, eventId, correlationId == null ? eventId : correlationId);
    }

    /** What agents read: a blank field counts as missing. */
    private @Nullable String said(String field) {
      String text = fields.get(field);
      if (text != null && !text.isBlank()) {
        return text;
      }
      String header = headers.get(field);
      return header == null ? null : EventHeaders.read(header.getBytes(UTF_8));
    }
  }

  private static Map<String, String> make() {
    Random random = new Random(11);
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("NUL", "a\u0000b");
    texts.put("NUL alone", "\u0000");
    texts.put("a high surrogate", "a\ud800b");
    texts.put("a low surrogate", "\udc00");
    texts.put("a surrogate at the end", "a\ud83d");
    texts.put("private use", "\ue000");
    texts.put("what looks escaped", "\ue0000000 \\u0000 \ue000d800");
    texts.put("no characters", "\ufffe\uffff");
    texts.put("control characters", "\u0001\u0007\b\u001b[2J\u007f\u0085");
    texts.put("line ends", "a\r\nBcc: b@example.com\r\n\r\nc\u2028d\u2029");
    texts.put("nothing", "");
    texts.put("blanks", " \t ");
    texts.put("right to left", "\u202egnp.exe\u202c \u05d0\u05d1\u05d2");
    texts.put("combining characters", "e" + "\u0301\u0327".repeat(60));
    texts.put("emoji", "👩‍👩‍👧‍👦🏳️‍🌈");
    texts.put("SQL", "'; drop table tasks; -- $1 ? :id");
    texts.put("placeholders", "%s %n %d {0} {{x}} {{{x}}} ${x} #{x} \\");
    texts.put("markup", "<script>alert(1)</script>&amp;\"'`]]>");
    texts.put("a path", "../../../etc/passwd%00");
    texts.put("a digest", "sha-256:0000");
    texts.put("6,000 characters", letters(random, LONG, 'a', 26));
    texts.put("6,000 characters of everywhere", letters(random, LONG, 0, 0x10000));
    texts.put("300,000 characters", letters(random, ENDLESS, 'a', 26));
    return texts;
  }

  private static String letters(Random random, int length, int first, int count) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append((char) (first + random.nextInt(count)));
    }
    return letters.toString();
  }
}
