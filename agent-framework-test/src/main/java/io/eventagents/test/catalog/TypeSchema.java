package io.eventagents.test.catalog;

import io.eventagents.wire.EventJson;
import io.eventagents.wire.InvalidPayload;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitable;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonValueFormat;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of one type, as told by the mapper that writes it: names, shapes and formats are those
 * on the wire, and no second interpretation of the Java type.
 */
final class TypeSchema extends JsonFormatVisitorWrapper.Base {

  private static final JsonMapper JSON = EventJson.mapper();

  /** Used if the mapper's own answer is missing or says less. */
  private static final Map<Class<?>, String> FORMATS =
      Map.of(
          Instant.class, "date-time",
          OffsetDateTime.class, "date-time",
          ZonedDateTime.class, "date-time",
          LocalDateTime.class, "local-date-time",
          LocalDate.class, "date",
          LocalTime.class, "local-time",
          OffsetTime.class, "time",
          Duration.class, "duration",
          UUID.class, "uuid");

  private final Definitions definitions;
  private final ObjectNode schema = JSON.createObjectNode();

  private TypeSchema(Definitions definitions) {
    this.definitions = definitions;
  }

  /** What a value of this type is; records are among the definitions. */
  static ObjectNode of(JavaType type, Definitions definitions) {
    TypeSchema visitor = new TypeSchema(definitions);
    if (type.hasRawClass(byte[].class)) {
      visitor.schema.put("type", "string").put("contentEncoding", "base64");
      return visitor.schema;
    }
    if (!type.isJavaLangObject()) { // It can be anything, so it has no type.
      JSON.acceptJsonFormatVisitor(type, visitor);
    }
    return visitor.schema;
  }

  @Override
  public @Nullable JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
    if (type.isAbstract()) {
      throw new InvalidPayload(
          "A payload holds a " + type.getRawClass().getName() + ", of which no fields are known.",
          "Make it a record: what an event says must be told from its type.");
    }
    schema.put("$ref", "#/" + Definitions.KEYWORD + "/" + definitions.nameOf(type));
    // It is described there: the mapper need not visit its fields now.
    return null;
  }

  @Override
  public JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
    schema.put("type", "array");
    ObjectNode items = schema.putObject("items");
    return new JsonArrayFormatVisitor.Base(getContext()) {
      @Override
      public void itemsFormat(@Nullable JsonFormatVisitable handler, JavaType elementType) {
        items.setAll(of(elementType, definitions));
      }

      @Override
      public void itemsFormat(JsonFormatTypes format) {
        JavaType element = type.getContentType();
        items.setAll(
            element == null
                ? JSON.createObjectNode().put("type", format.value())
                : of(element, definitions));
      }
    };
  }

  @Override
  public JsonMapFormatVisitor expectMapFormat(JavaType type) {
    schema.put("type", "object");
    ObjectNode values = schema.putObject("additionalProperties");
    return new JsonMapFormatVisitor.Base(getContext()) {
      @Override
      public void valueFormat(JsonFormatVisitable handler, JavaType valueType) {
        values.setAll(of(valueType, definitions));
      }
    };
  }

  @Override
  public JsonStringFormatVisitor expectStringFormat(JavaType type) {
    schema.put("type", "string");
    String known = FORMATS.get(type.getRawClass());
    if (known != null) {
      schema.put("format", known);
    }
    return new JsonStringFormatVisitor.Base() {
      @Override
      public void format(JsonValueFormat format) {
        if (known == null) {
          schema.put("format", format.toString());
        }
      }

      @Override
      public void enumTypes(Set<String> enums) {
        ArrayNode values = schema.putArray("enum");
        enums.forEach(values::add);
      }
    };
  }

  @Override
  public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
    schema.put("type", "integer");
    return new JsonIntegerFormatVisitor.Base() {
      @Override
      public void numberType(JsonParser.@Nullable NumberType number) {
        if (number == JsonParser.NumberType.INT) {
          schema.put("format", "int32");
        } else if (number == JsonParser.NumberType.LONG) {
          schema.put("format", "int64");
        }
      }
    };
  }

  @Override
  public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
    schema.put("type", "number");
    return new JsonNumberFormatVisitor.Base();
  }

  @Override
  public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
    schema.put("type", "boolean");
    return new JsonBooleanFormatVisitor.Base();
  }
}
