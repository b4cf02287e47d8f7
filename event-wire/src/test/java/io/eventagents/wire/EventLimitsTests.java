package io.eventagents.wire;

import static io.eventagents.wire.Wire.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.Event;
import io.eventagents.EventMetadata;
import io.eventagents.EventType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The limits that docs/events.md promises, from both sides. */
class EventLimitsTests {

  @EventType("note.taken")
  record NoteTaken(String text) {}

  @EventType("tree.grown")
  record TreeGrown(JsonNode tree) {}

  private final EventReader reader = new EventReader();

  @Test
  void anEventHas500Levels() {
    // The event and its data are two of them.
    assertTaken("{\"text\": \"x\", \"other\": %s}".formatted(nested(498)));
    assertBeyond("{\"text\": \"x\", \"other\": %s}".formatted(nested(499)), "nesting depth (501)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "-%s", "0.%s", "1e%s"})
  void aNumberHas1000Digits(String form) {
    int taken = form.startsWith("0") || form.startsWith("1") ? 999 : 1_000;

    assertTaken("{\"text\": \"x\", \"other\": %s}".formatted(form.formatted("1".repeat(taken))));
    assertBeyond(
        "{\"text\": \"x\", \"other\": %s}".formatted(form.formatted("1".repeat(taken + 1))),
        "Number value length (1001)");
  }

  @Test
  void theNameOfAFieldHas50000Bytes() {
    assertTaken("{\"text\": \"x\", \"%s\": 1}".formatted("n".repeat(50_000)));
    assertTaken("{\"text\": \"x\", \"%s\": 1}".formatted("\u00e9".repeat(25_000)));
    assertBeyond(
        "{\"text\": \"x\", \"%s\": 1}".formatted("n".repeat(50_001)), "Name length (50001)");
  }

  @Test
  void aTextHas20MillionCharacters() {
    assertTaken("{\"text\": \"%s\"}".formatted("x".repeat(20_000_000)));
    assertBeyond(
        "{\"text\": \"%s\"}".formatted("x".repeat(20_000_001)), "String value length (20000001)");
  }

  @Test
  void aTextThatNobodyReadsHasNoLimit() {
    assertTaken("{\"text\": \"x\", \"other\": \"%s\"}".formatted("x".repeat(20_000_001)));
  }

  @Test
  void anEventHasAnyNumberOfFields() {
    assertTaken("{\"text\": \"x\", \"other\": [0%s]}".formatted(",0".repeat(1_000_000)));
  }

  @Test
  void whatIsEmittedHas500Levels() {
    assertThatCode(() -> write(498)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> write(499))
        .withMessageContaining("nesting depth (501)");
  }

  @Test
  void anEventThatReachesALimitBeforeItsTypeIsUnreadable() {
    PayloadTypes types = PayloadTypes.open(List.of("note.taken"));
    String event = "{\"other\": %s, \"event_type\": \"note.taken\"}";

    assertThat(reader.route(record(event.formatted(nested(499))), types))
        .isInstanceOf(Routing.Addressed.class);
    assertThat(reader.route(record(event.formatted(nested(500))), types))
        .isEqualTo(Routing.NotAddressed.UNREADABLE);
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  /** The event and its data are two levels more. */
  private void write(int levels) {
    JsonNode tree = JsonMapper.shared().readTree(nested(1));
    for (int level = 2; level <= levels; level++) {
      tree = JsonMapper.shared().createArrayNode().add(tree);
    }
    new EventWriter()
        .write(
            "tree-events",
            null,
            new Event<>(
                "e",
                "tree.grown",
                Instant.EPOCH,
                new TreeGrown(tree),
                new EventMetadata("c", "", "")));
  }

  private void assertTaken(String data) {
    assertThatCode(() -> read(data)).doesNotThrowAnyException();
  }

  private void assertBeyond(String data, String limit) {
    assertThatExceptionOfType(MalformedEvent.class)
        .isThrownBy(() -> read(data))
        .satisfies(
            malformed ->
                assertThat(malformed.reason())
                    .startsWith("The value is beyond a limit: ")
                    .contains(limit)
                    .hasSizeLessThan(300));
  }

  private void read(String data) throws MalformedEvent {
    var unused =
        reader.read(
            record("{\"event_id\": \"e\", \"data\": %s}".formatted(data)),
            PayloadTypes.of(NoteTaken.class).all().getFirst());
  }
}
