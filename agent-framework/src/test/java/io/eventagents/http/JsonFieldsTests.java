package io.eventagents.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JsonFieldsTests {

  @Test
  void readsWhatIsThere() {
    JsonFields fields =
        fields(
            "{\"text\":\"\",\"whole\":9,\"flag\":false,\"time\":\"2030-01-15T14:30:00+01:00\",\"none\":null}");

    assertThat(fields.checked(fields.required("text", JsonValues::text))).isEmpty();
    Integer whole = fields.value("whole", node -> JsonValues.whole(node, 1, 9));
    assertThat(whole).isEqualTo(9);
    assertThat(fields.value("flag", JsonValues::flag)).isFalse();
    assertThat(fields.value("time", JsonValues::time))
        .isEqualTo(Instant.parse("2030-01-15T13:30:00Z"));
    assertThat(fields.value("missing", JsonValues::text)).isNull();
    assertThat(fields.isNull("none")).isTrue();
    assertThat(fields.isNull("text") || fields.isNull("missing")).isFalse();
    fields.refuseUnknown(Set.of("text", "whole", "flag", "time", "none"), "is not known");
    fields.check();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text  | 7                     | must be text",
        "text  | null                  | must be text",
        "text  | [\"a\"]               | must be text",
        "whole | 0                     | must be a whole number from 1 to 9",
        "whole | 10                    | must be a whole number from 1 to 9",
        "whole | 2.0                   | must be a whole number from 1 to 9",
        "whole | 1e0                   | must be a whole number from 1 to 9",
        "whole | \"2\"                 | must be a whole number from 1 to 9",
        "whole | 4294967298            | must be a whole number from 1 to 9",
        "whole | 1e400                 | must be a whole number from 1 to 9",
        "flag  | \"true\"              | must be true or false",
        "flag  | 1                     | must be true or false",
        "flag  | null                  | must be true or false",
        "time  | 1893456000            | must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "time  | \"2030-01-15\"        | must be a time with its offset, such as 2030-01-15T14:30:00Z",
        "time  | \"2030-02-30T10:00:00Z\" | must be a time with its offset, such as 2030-01-15T14:30:00Z",
      })
  void namesWhatIsUnfit(String kind, String value, String message) {
    Function<JsonNode, Object> reader =
        switch (kind) {
          case "text" -> JsonValues::text;
          case "whole" -> node -> JsonValues.whole(node, 1, 9);
          case "flag" -> JsonValues::flag;
          default -> JsonValues::time;
        };
    JsonFields fields = fields("{\"f\":" + value + "}");

    assertThat(fields.value("f", reader)).isNull();
    assertThat(refusal(fields).errors()).containsExactly(new FieldError("f", message));
  }

  @Test
  void namesAllThatIsWrongAtOnce() {
    JsonFields fields = fields("{\"a\":7,\"b\":null,\"other\":1}");
    fields.value("a", JsonValues::text);
    fields.required("b", JsonValues::text);
    fields.required("c", JsonValues::text);
    fields.wrong("a", "and b do not fit");
    fields.refuseUnknown(Set.of("a", "b", "c"), "is not known");

    InvalidRequest refusal = refusal(fields);

    assertThat(refusal).hasMessage("a must be text; see errors for all.");
    assertThat(refusal.errors())
        .containsExactly(
            new FieldError("a", "must be text"),
            new FieldError("b", "must be text"),
            new FieldError("c", "is required"),
            new FieldError("a", "and b do not fit"),
            new FieldError("other", "is not known"));
    assertThat(catchThrowableOfType(InvalidRequest.class, () -> fields.checked("value")))
        .isNotNull();
  }

  @Test
  void namesTwentyUnknownOnes() {
    JsonFields fields =
        fields(
            IntStream.range(0, 30)
                .mapToObj(number -> "\"f" + number + "\":1")
                .collect(Collectors.joining(",", "{", "}")));
    fields.refuseUnknown(Set.of("f0"), "is not known");

    assertThat(refusal(fields).errors())
        .hasSize(20)
        .startsWith(new FieldError("f1", "is not known"))
        .endsWith(new FieldError("f20", "is not known"));
  }

  private static JsonFields fields(String text) {
    return new JsonFields(JsonBody.read(text.getBytes(UTF_8)));
  }

  private static InvalidRequest refusal(JsonFields fields) {
    return catchThrowableOfType(InvalidRequest.class, fields::check);
  }
}
