package io.eventagents.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTests {

  @Test
  void hasItsMembersInTheirOrder() {
    JsonBody body = JsonBody.read(bytes("{\"b\":1,\"a\":null,\"c\":[{\"d\":2}]} \n"));

    assertThat(body.names()).containsExactly("b", "a", "c");
    assertThat(body.get("b")).hasToString("1");
    assertThat(body.has("a")).isTrue();
    assertThat(body.get("a")).hasToString("null");
    assertThat(body.get("c")).hasToString("[{\"d\":2}]");
    assertThat(body.has("d")).isFalse();
    assertThat(body.get("d")).isNull();
    assertThat(JsonBody.read(bytes("{}")).names()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                | The body is empty; a JSON object is expected.",
        "` `               | The body is empty; a JSON object is expected.",
        "[]                | The body must be a JSON object.",
        "null              | The body must be a JSON object.",
        "7                 | The body must be a JSON object.",
        "{} {}             | The body must be one JSON object, with nothing after it.",
        "{\"a\":1}]        | The body is no well-formed JSON: see column 8.",
        "{\"a\":1,}        | The body is no well-formed JSON: see column 8.",
        "{\"a\":           | The body is no well-formed JSON: see column 6.",
        "{\"a\":NaN}       | The body is no well-formed JSON: see column 9.",
        "{'a':1}           | The body is no well-formed JSON: see column 2.",
      })
  void refusesWhatIsNotOneObject(String text, String detail) {
    InvalidRequest refusal = refusal(JsonBody.reader(), text);

    assertThat(refusal).hasMessage(detail);
    assertThat(refusal.errors()).isEmpty();
  }

  @Test
  void refusesNoBody() {
    assertThat(catchThrowableOfType(InvalidRequest.class, () -> JsonBody.read(null)))
        .hasMessage("The body is empty; a JSON object is expected.");
  }

  @Test
  void saysWhereAndInWhatTheFaultIs() {
    assertThat(refusal(JsonBody.reader().named("line"), "{\n\"a\": x}"))
        .hasMessage("The line is no well-formed JSON: see line 2, column 6.");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 100_000})
  void survivesDeepNesting(int depth) {
    assertThat(refusal(JsonBody.reader().nested(path -> true), "{\"a\":" + "[".repeat(depth)))
        .message()
        .startsWith("The body is no well-formed JSON");
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] latin = "{\"a\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(catchThrowableOfType(InvalidRequest.class, () -> JsonBody.read(latin))).isNotNull();
  }

  @Test
  void refusesNamesThatAreThereTwice() {
    InvalidRequest refusal = refusal(JsonBody.reader(), "{\"a\":1,\"b\":2,\"a\":null,\"b\":{}}");

    assertThat(refusal).hasMessage("a is there more than once; see errors for all.");
    assertThat(refusal.errors()).containsExactly(twice("a"), twice("b"));
  }

  @Test
  void looksIntoFurtherObjectsIfItIsTold() {
    String text = "{\"a\":{\"b\":1,\"b\":2},\"c\":[{\"d\":[1,{\"e\":1,\"e\":2}]}],\"f\":[[],{}]}";

    assertThat(JsonBody.read(bytes(text)).names()).containsExactly("a", "c", "f");
    assertThat(refusal(JsonBody.reader().nested("a"::equals), text).errors())
        .containsExactly(twice("a.b"));
    assertThat(refusal(JsonBody.reader().nested(path -> true), text).errors())
        .containsExactly(twice("a.b"), twice("c[0].d[1].e"));
  }

  @Test
  void readsTheSameIfItLooksFurther() {
    String text = "{\"a\":{\"b\":[1,\"x\",null,true,[],{}]},\"c\":-0.5}";

    JsonBody body = JsonBody.reader().nested(path -> true).read(bytes(text));

    assertThat(body.get("a")).isEqualTo(JsonBody.read(bytes(text)).get("a"));
    assertThat(body.get("c")).hasToString("-0.5");
  }

  @Test
  void keepsTheDigitsOfDecimalsIfItIsTold() {
    String text = "{\"a\":0.12345678901234567890123}";

    assertThat(JsonBody.reader().exactDecimals().read(bytes(text)).get("a"))
        .hasToString("0.12345678901234567890123");
    assertThat(Objects.requireNonNull(JsonBody.read(bytes(text)).get("a")).isDouble()).isTrue();
  }

  private static FieldError twice(String field) {
    return new FieldError(field, "is there more than once");
  }

  private static InvalidRequest refusal(JsonReader reader, String text) {
    return catchThrowableOfType(InvalidRequest.class, () -> reader.read(bytes(text)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
