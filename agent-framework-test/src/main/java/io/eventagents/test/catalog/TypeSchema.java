package io.eventagents.test.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.wire.EventJson;
import io.eventagents.wire.InvalidPayload;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
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
 * The schema of one type, told by the very mapper that writes it: names, shapes and formats are the
 * wire's, not a second opinion on the Java type.
 */
final class TypeSchema extends JsonFormatVisitorWrapper.Base {

  static final String DEFINITIONS = "$defs";

  private static final JsonMapper JSON = EventJson.mapper();

  /** Where the mapper's own answer is missing or says less. */
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

  /** The schema of a payload record; the records within it are its {@code $defs}. */
  static ObjectNode of(Class<?> recordClass, Definitions definitions) {
    TypeSchema root = new TypeSchema(definitions);
    root.describe(JSON.constructType(recordClass));
    return root.schema;
  }

  private static ObjectNode of(JavaType type, Definitions definitions) {
    TypeSchema visitor = new TypeSchema(definitions);
    if (type.hasRawClass(byte[].class)) {
      visitor.schema.put("type", "string").put("contentEncoding", "base64");
      return visitor.schema;
    }
    if (!type.isJavaLangObject()) { // It is whatever it is, without a type.
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
    schema.put("$ref", "#/" + DEFINITIONS + "/" + definitions.nameOf(type));
    // It is described there; the fields that the mapper would now tell of are not asked for.
    return null;
  }

  private void describe(JavaType type) {
    schema.put("type", "object");
    Map<String, BeanPropertyDefinition> read = readProperties(type);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    JSON.acceptJsonFormatVisitor(
        type,
        new Base() {
          @Override
          public JsonObjectFormatVisitor expectObjectFormat(JavaType same) {
            return new JsonObjectFormatVisitor.Base(getContext()) {
              @Override
              public void property(BeanProperty property) {
                optionalProperty(property);
              }

              @Override
              public void optionalProperty(BeanProperty property) {
                BeanPropertyDefinition readAs = read.get(property.getName());
                properties.set(property.getName(), described(type, property));
                if (isAlwaysWritten(property)
                    && (property.getType().isPrimitive()
                        || (readAs != null && readAs.isRequired()))) {
                  required.add(property.getName());
                }
              }
            };
          }
        });
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
  }

  /** Whether every value of it is, but null. */
  private static boolean isAlwaysWritten(BeanProperty property) {
    JsonInclude.Value inclusion =
        property.findPropertyInclusion(
            JSON.serializationConfig(), property.getType().getRawClass());
    return switch (inclusion.getValueInclusion()) {
      case ALWAYS, NON_NULL, NON_ABSENT, USE_DEFAULTS -> true;
      case NON_EMPTY, NON_DEFAULT, CUSTOM -> false;
    };
  }

  private ObjectNode described(JavaType owner, BeanProperty property) {
    ObjectNode described = of(property.getType(), definitions);
    String description = property.getMetadata().getDescription();
    if (description != null) {
      described.put("description", description);
    }
    if (hasNulls(owner.getRawClass(), property.getMember().getName())) {
      described.properties().stream()
          .filter(keyword -> Set.of("items", "additionalProperties").contains(keyword.getKey()))
          .forEach(keyword -> orNull((ObjectNode) keyword.getValue()));
    }
    return described;
  }

  private static void orNull(ObjectNode element) {
    JsonNode type = element.get("type");
    if (type != null) {
      element.putArray("type").add(type).add("null");
    } else if (!element.isEmpty()) {
      ObjectNode notNull = element.deepCopy();
      element.removeAll();
      element.putArray("anyOf").add(notNull).addObject().put("type", "null");
    }
  }

  /** Whether elements of this component may be null. */
  private static boolean hasNulls(Class<?> recordClass, String component) {
    return recordClass.isRecord()
        && Arrays.stream(recordClass.getRecordComponents())
            .filter(one -> one.getName().equals(component))
            .map(RecordComponent::getAnnotatedType)
            .flatMap(TypeSchema::elements)
            .anyMatch(element -> element.isAnnotationPresent(Nullable.class));
  }

  private static Stream<AnnotatedType> elements(AnnotatedType type) {
    if (type instanceof AnnotatedArrayType array) {
      return Stream.of(array.getAnnotatedGenericComponentType());
    }
    return type instanceof AnnotatedParameterizedType generic
        ? Stream.of(generic.getAnnotatedActualTypeArguments())
        : Stream.of();
  }

  /** What a component is called on the wire. */
  static String wireName(RecordComponent component) {
    return readProperties(JSON.constructType(component.getDeclaringRecord())).values().stream()
        .filter(property -> property.getInternalName().equals(component.getName()))
        .map(BeanPropertyDefinition::getName)
        .findFirst()
        .orElse(component.getName());
  }

  /** By their names on the wire: what is required is a matter of reading. */
  private static Map<String, BeanPropertyDefinition> readProperties(JavaType type) {
    DeserializationConfig config = JSON.deserializationConfig();
    ClassIntrospector introspector = config.classIntrospectorInstance().forOperation(config);
    BeanDescription bean =
        introspector.introspectForDeserialization(
            type, introspector.introspectClassAnnotations(type));
    return bean.findProperties().stream()
        .collect(Collectors.toMap(BeanPropertyDefinition::getName, property -> property));
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

  @Override
  public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
    return new JsonAnyFormatVisitor.Base();
  }

  /** The records within a payload, by the names that they are referred to by. */
  static final class Definitions {

    private final Map<JavaType, String> names = new HashMap<>();
    private final ObjectNode schemas = JSON.createObjectNode();

    private String nameOf(JavaType type) {
      String known = names.get(type);
      if (known != null) {
        return known;
      }
      String simple = type.getRawClass().getSimpleName();
      String name = simple;
      for (int other = 2; schemas.has(name); other++) {
        name = simple + other;
      }
      names.put(type, name);
      // Held before it is filled: a record may hold others of its kind.
      TypeSchema described = new TypeSchema(this);
      schemas.set(name, described.schema);
      described.describe(type);
      return name;
    }

    ObjectNode schemas() {
      return schemas;
    }
  }
}
