package io.eventagents.test.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.eventagents.Personal;
import io.eventagents.wire.EventJson;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The schema of a record: its fields as they are on the wire, and which of them are always there.
 */
final class RecordSchema {

  private static final JsonMapper JSON = EventJson.mapper();

  private RecordSchema() {}

  /** The schema of a payload record; the records within it are among the definitions. */
  static ObjectNode of(Class<?> recordClass, Definitions definitions) {
    ObjectNode schema = JSON.createObjectNode();
    describe(JSON.constructType(recordClass), schema, definitions);
    return schema;
  }

  /**
   * Writes the schema of a record into a node that may already be referred to: a record may hold
   * others of its kind.
   */
  static void describe(JavaType type, ObjectNode schema, Definitions definitions) {
    schema.put("type", "object");
    Map<String, BeanPropertyDefinition> read = readProperties(type);
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.createArrayNode();
    JSON.acceptJsonFormatVisitor(
        type,
        new JsonFormatVisitorWrapper.Base() {
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
                properties.set(property.getName(), described(type, property, definitions));
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

  /** Whether every value of it is written, except null. */
  private static boolean isAlwaysWritten(BeanProperty property) {
    JsonInclude.Value inclusion =
        property.findPropertyInclusion(
            JSON.serializationConfig(), property.getType().getRawClass());
    return switch (inclusion.getValueInclusion()) {
      case ALWAYS, NON_NULL, NON_ABSENT, USE_DEFAULTS -> true;
      case NON_EMPTY, NON_DEFAULT, CUSTOM -> false;
    };
  }

  private static ObjectNode described(
      JavaType owner, BeanProperty property, Definitions definitions) {
    ObjectNode described = TypeSchema.of(property.getType(), definitions);
    String description = property.getMetadata().getDescription();
    if (description != null) {
      described.put("description", description);
    }
    Optional<RecordComponent> component =
        Stream.ofNullable(owner.getRawClass().getRecordComponents())
            .flatMap(Arrays::stream)
            .filter(one -> one.getName().equals(property.getMember().getName()))
            .findFirst();
    if (component.filter(one -> one.isAnnotationPresent(Personal.class)).isPresent()) {
      described.put("x-personal", true);
    }
    if (component.filter(RecordSchema::hasNulls).isPresent()) {
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
  private static boolean hasNulls(RecordComponent component) {
    return elements(component.getAnnotatedType())
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

  /** By their names on the wire. Whether a property is required depends on how it is read. */
  private static Map<String, BeanPropertyDefinition> readProperties(JavaType type) {
    DeserializationConfig config = JSON.deserializationConfig();
    ClassIntrospector introspector = config.classIntrospectorInstance().forOperation(config);
    BeanDescription bean =
        introspector.introspectForDeserialization(
            type, introspector.introspectClassAnnotations(type));
    return bean.findProperties().stream()
        .collect(Collectors.toMap(BeanPropertyDefinition::getName, property -> property));
  }
}
