package io.eventagents.test.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import io.eventagents.Personal;
import io.eventagents.wire.EventReader;
import io.eventagents.wire.EventWriter;
import io.eventagents.wire.InvalidPayload;
import io.eventagents.wire.MalformedEvent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventSchemaTests {

  private static final JsonMapper JSON = JsonMapper.shared();

  enum State {
    OPEN,
    PAID
  }

  record Part(String partId, @Nullable String note, List<Part> parts) {}

  @EventType("everything.said")
  @SuppressWarnings("ArrayRecordComponent") // Payloads may have them.
  record EverythingSaid(
      String text,
      int count,
      Integer boxed,
      long big,
      double ratio,
      float share,
      short little,
      byte least,
      char letter,
      boolean flag,
      boolean isUrgent,
      BigDecimal amount,
      BigInteger huge,
      Instant at,
      OffsetDateTime there,
      LocalDateTime local,
      LocalDate day,
      LocalTime time,
      Duration lead,
      UUID id,
      URI link,
      State state,
      byte[] blob,
      Optional<String> perhaps,
      OptionalInt number,
      @Nullable Instant dueAt,
      List<String> tags,
      Set<State> states,
      List<@Nullable Integer> holes,
      int[] counts,
      Map<String, Part> byName,
      Map<String, @Nullable Part> perhapsByName,
      Map<State, List<Long>> sums,
      JsonNode free,
      Part part,
      @JsonProperty("call_it") String renamed) {

    /** A method whose result is also written. */
    @JsonProperty
    String summary() {
      return text + count;
    }
  }

  @EventType("little.said")
  record LittleSaid(String text, int count, @Nullable Part part, Optional<State> state) {}

  @NullUnmarked
  @EventType("nothing.promised")
  record NothingPromised(String text, int count, List<String> tags, Boolean flag) {}

  static final List<Record> WRITTEN =
      List.of(
          everything(),
          new LittleSaid("a", 1, null, Optional.empty()),
          new NothingPromised("a", 1, List.of("b"), true),
          unpromised());

  private static EverythingSaid everything() {
    Part leaf = new Part("p-2", null, List.of());
    return new EverythingSaid(
        "text",
        1,
        2,
        3_000_000_000L,
        0.5,
        0.25f,
        (short) 4,
        (byte) 5,
        'c',
        true,
        false,
        new BigDecimal("12.30"),
        BigInteger.TEN.pow(30),
        Instant.parse("2025-01-15T14:30:22.456Z"),
        OffsetDateTime.parse("2025-01-15T14:30:22+02:00"),
        LocalDateTime.parse("2025-01-15T14:30:22"),
        LocalDate.parse("2025-01-15"),
        LocalTime.parse("14:30:22"),
        Duration.ofMinutes(90),
        UUID.fromString("e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d"),
        URI.create("https://example.com/a"),
        State.PAID,
        new byte[] {1, 2, 3},
        Optional.of("there"),
        OptionalInt.of(7),
        null,
        List.of("a", "b"),
        Set.of(State.OPEN),
        Arrays.asList(1, null),
        new int[] {1, 2},
        Map.of("one", new Part("p-1", "note", List.of(leaf))),
        nullOf("none"),
        Map.of(State.OPEN, List.of(1L)),
        JSON.createObjectNode().put("any", "thing"),
        leaf,
        "renamed");
  }

  private static Map<String, @Nullable Part> nullOf(String key) {
    Map<String, @Nullable Part> map = new java.util.HashMap<>();
    map.put(key, null);
    return map;
  }

  @NullUnmarked
  private static NothingPromised unpromised() {
    return new NothingPromised(null, 0, null, null);
  }

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void writtenEventFitsItsSchema(Record payload) {
    assertThat(faults(payload, written(payload))).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void hasEveryFieldThatIsWritten(Record payload) {
    assertThat(Schemas.of(payload.getClass()).data().path("properties").propertyNames())
        .containsAll(JSON.readTree(written(payload)).path("data").propertyNames());
  }

  @ParameterizedTest
  @FieldSource("WRITTEN")
  void requiresWhatReadingRequires(Record payload) {
    for (String field : JSON.readTree(written(payload)).path("data").propertyNames()) {
      if (field.equals("summary")) {
        continue; // Written by a method, and never read.
      }
      ObjectNode without = (ObjectNode) JSON.readTree(written(payload));
      ((ObjectNode) without.path("data")).remove(field);
      boolean isRead = isRead(payload, without.toString());
      boolean fits = faults(payload, without.toString()).isEmpty();

      assertThat(fits).as(field).isEqualTo(isRead);
    }
  }

  @Test
  void refusesValuesOfAnotherType() {
    LittleSaid payload = new LittleSaid("a", 1, new Part("p", null, List.of()), Optional.empty());
    String written = written(payload);

    assertThat(faults(payload, written)).isEmpty();
    assertThat(faults(payload, written.replace("\"count\":1", "\"count\":\"1\""))).isNotEmpty();
    assertThat(faults(payload, written.replace("\"part_id\":\"p\"", "\"part_id\":1"))).isNotEmpty();
    assertThat(faults(payload, written.replace("little.said", "much.said"))).isNotEmpty();
    assertThat(faults(payload, written.replace("\"count\":1", "\"count\":1,\"new\":{}"))).isEmpty();
  }

  @Test
  void isWrittenAsAReadableFile() {
    @EventType("order.placed")
    record OrderPlaced(
        String orderId,
        @JsonPropertyDescription("What the buyer said") @Nullable String note,
        List<Part> parts) {}

    String text = Schemas.of(OrderPlaced.class).text();

    assertThat(text).endsWith("}\n").startsWith("{\n  \"$schema\"");
    assertThat(EventSchema.parse(text)).isEqualTo(Schemas.of(OrderPlaced.class));
    assertThat(JSON.readTree(text).path("properties").path("data"))
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "object",
                 "properties": {
                   "order_id": {"type": "string"},
                   "note": {"type": "string", "description": "What the buyer said"},
                   "parts": {"type": "array", "items": {"$ref": "#/$defs/Part"}}},
                 "required": ["order_id", "parts"]}"""));
    assertThat(JSON.readTree(text).path("$defs").path("Part").path("required"))
        .isEqualTo(JSON.readTree("[\"part_id\", \"parts\"]"));
  }

  @Test
  void promisesNoFieldThatIsOmittedWhenEmpty() {
    @EventType("order.placed")
    record OrderPlaced(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> tags,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int count) {}

    assertThat(JSON.readTree(written(new OrderPlaced(List.of(), 0))).path("data")).isEmpty();
    assertThat(Schemas.of(OrderPlaced.class).data().path("required")).isEmpty();
  }

  @Test
  void distinguishesRecordsOfTheSameName() {
    @EventType("order.placed")
    record OrderPlaced(One.Line one, Other.Line other) {}

    JsonNode definitions = Schemas.of(OrderPlaced.class).json().path("$defs");

    assertThat(definitions.path("Line").path("properties").propertyNames()).containsExactly("a");
    assertThat(definitions.path("Line2").path("properties").propertyNames()).containsExactly("b");
  }

  interface One {
    record Line(String a) {}
  }

  interface Other {
    record Line(String b) {}
  }

  @Test
  void refusesAComponentWithoutKnownFields() {
    @EventType("order.placed")
    record OrderPlaced(One line) {}

    assertThatExceptionOfType(InvalidPayload.class)
        .isThrownBy(() -> Schemas.of(OrderPlaced.class))
        .withMessageContaining("holds a " + One.class.getName())
        .withMessageEndingWith("Make it a record: the type must define what the event contains.");
  }

  private static String written(Record payload) {
    Event<?> event =
        new Event<>(
            "e7c5a8f2-3b4d-4e6a-9f1c-2d8e7a6b5c4d",
            Schemas.payload(payload.getClass()).eventType(),
            Instant.parse("2025-01-15T14:30:22.456Z"),
            payload,
            new EventMetadata("req-abc-123", "api-call-789", "task-api"));
    return new String(new EventWriter().write("topic", null, event).value(), UTF_8);
  }

  private static boolean isRead(Record payload, String json) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>("topic", 0, 0, null, json.getBytes(UTF_8));
    try {
      new EventReader().read(record, Schemas.payload(payload.getClass()));
      return true;
    } catch (MalformedEvent e) {
      return false;
    }
  }

  private static List<?> faults(Record payload, String json) {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.of(payload.getClass()).text());
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  @EventType("invoice.issued")
  record InvoiceIssued(
      String invoiceId, @Personal @Nullable String customerId, @Personal Part address) {}

  @Test
  void marksPersonalFields() {
    JsonNode fields = Schemas.of(InvoiceIssued.class).json().at("/properties/data/properties");

    assertThat(fields.at("/customer_id/x-personal").asBoolean(false)).isTrue();
    assertThat(fields.at("/address/x-personal").asBoolean(false)).isTrue();
    assertThat(fields.at("/invoice_id").has("x-personal")).isFalse();
  }
}
