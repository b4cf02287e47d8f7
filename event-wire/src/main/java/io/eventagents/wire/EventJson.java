package io.eventagents.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as the wire format has it: {@code snake_case}, unknown fields ignored, absent ones omitted,
 * times in ISO 8601. A mapper of its own, so that no setting for HTTP changes the wire.
 */
public final class EventJson {

  /**
   * How deep objects and arrays may be nested, the event itself included; also of what is emitted.
   */
  static final int DEEPEST = 500;

  /** How many digits a number may have, those of its exponent included. */
  static final int LONGEST_NUMBER = 1_000;

  /** How many characters a text may have that is read; what is skipped may have more. */
  static final int LONGEST_TEXT = 20_000_000;

  /** How many bytes the name of a field may have. */
  static final int LONGEST_NAME = 50_000;

  private EventJson() {}

  /** A mapper that writes and reads payloads as the wire has them. */
  public static JsonMapper mapper() {
    return JsonMapper.builder(factory())
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .annotationIntrospector(new NullMarkedIntrospector())
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
        // A string where a number is due does not fit, nor the other way round; it is not guessed
        // at.
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        // Data is read from the middle of the envelope: what follows it is not trailing.
        .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /**
   * What the wire is read by: an event beyond a limit goes to the dead letters. All limits stand
   * here, so that another version of the parser changes none; docs/events.md lists them.
   */
  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxNumberLength(LONGEST_NUMBER)
                .maxStringLength(LONGEST_TEXT)
                .maxNameLength(LONGEST_NAME)
                // The broker decides how large a record is.
                .maxDocumentLength(-1)
                .maxTokenCount(-1)
                .build())
        .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
        // Many names with one hash are made by those who want to keep the parser busy.
        .enable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }
}
