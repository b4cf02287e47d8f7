package io.eventagents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.DeadLetterDesk.State;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLetterSelectionTests {

  private static final Instant NOON = Instant.parse("2025-01-15T12:00:00Z");
  private static final Set<State> OPEN = Set.of(State.OPEN);

  private final Letter letter =
      new Letter(
          "stocktaking",
          "3-17",
          "e1",
          "shelf.filled",
          "chain-1",
          "key",
          "No Shelf 12",
          null,
          3,
          NOON,
          "shelf-events",
          0,
          4,
          false,
          State.OPEN,
          null,
          null,
          null,
          null);

  @Test
  void everyCriterionThatIsGivenMustBeMet() {
    assertThat(selection(null, null, null, null, null).matches(letter)).isTrue();
    assertThat(selection("stocktaking", "shelf.filled", "no shelf", NOON, null).matches(letter))
        .isTrue();
    assertThat(selection("billing", null, null, null, null).matches(letter)).isFalse();
    assertThat(selection(null, "shelf.emptied", null, null, null).matches(letter)).isFalse();
    assertThat(selection(null, null, "no room", null, null).matches(letter)).isFalse();
  }

  @Test
  void theTimesAreFromAndBefore() {
    assertThat(selection(null, null, null, NOON, NOON.plusNanos(1)).matches(letter)).isTrue();
    assertThat(selection(null, null, null, NOON.plusNanos(1), null).matches(letter)).isFalse();
    assertThat(selection(null, null, null, null, NOON).matches(letter)).isFalse();
  }

  @Test
  void theStateCounts() {
    assertThat(Selection.unsettled().matches(letter)).isTrue();
    assertThat(Selection.unsettled().withStates(Set.of(State.REPLAYED)).matches(letter)).isFalse();
    assertThat(Selection.unsettled().withStates(Set.of()).matches(letter)).isFalse();
  }

  @Test
  void idsNameLettersOfOneAgent() {
    assertThat(Selection.of("stocktaking", "3-17").matches(letter)).isTrue();
    assertThat(Selection.of("stocktaking", "3-18").matches(letter)).isFalse();
    assertThat(Selection.of("billing", "3-17").matches(letter)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Selection(null, Set.of("3-17"), null, null, null, null, OPEN));
  }

  @Test
  void aStateIsReadAsItIsWritten() {
    assertThat(State.values()).allMatch(state -> State.of(state.text()).orElseThrow() == state);
    assertThat(State.of("failed_again")).contains(State.FAILED_AGAIN);
    assertThat(State.of("FAILED_AGAIN")).isEmpty();
    assertThat(State.of("gone")).isEmpty();
  }

  private static Selection selection(
      @Nullable String agent,
      @Nullable String eventType,
      @Nullable String reason,
      @Nullable Instant from,
      @Nullable Instant until) {
    return new Selection(agent, Set.of(), eventType, reason, from, until, OPEN);
  }
}
