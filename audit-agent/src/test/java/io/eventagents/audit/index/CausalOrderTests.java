package io.eventagents.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eventagents.audit.index.CausalOrder.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CausalOrderTests {

  @Test
  void putsEffectsBehindTheirCausesWhateverTheClocksSay() {
    List<Placed<ChainLink>> events =
        CausalOrder.of(
            List.of(found("grandchild", "child"), found("child", "root"), found("root", "call")));

    assertThat(events)
        .extracting(CausalOrderTests::id, Placed::depth)
        .containsExactly(tuple("root", 0), tuple("child", 1), tuple("grandchild", 2));
  }

  @Test
  void keepsTheEffectsOfACauseTogetherInTheirOrder() {
    List<Placed<ChainLink>> events =
        CausalOrder.of(
            List.of(
                found("root", null),
                found("a", "root"),
                found("b", "root"),
                found("a1", "a"),
                found("b1", "b")));

    assertThat(events)
        .extracting(CausalOrderTests::id)
        .containsExactly("root", "a", "a1", "b", "b1");
  }

  @Test
  void treatsAnEventAsARootUntilItsCauseIsLogged() {
    List<Placed<ChainLink>> events =
        CausalOrder.of(List.of(found("a", "not-logged"), found("b", "a")));

    assertThat(events)
        .extracting(CausalOrderTests::id, Placed::depth)
        .containsExactly(tuple("a", 0), tuple("b", 1));
  }

  @Test
  void countsHowOftenAnEventWasPublished() {
    List<Placed<ChainLink>> events =
        CausalOrder.of(
            List.of(found("a", null), found("b", "a"), found("a", null), found("a", null)));

    assertThat(events)
        .extracting(CausalOrderTests::id, Placed::occurrences)
        .containsExactly(tuple("a", 3), tuple("b", 1));
  }

  @Test
  void showsEveryRecordWithoutAnEventId() {
    List<Placed<ChainLink>> events =
        CausalOrder.of(
            List.of(found("a", null), found(null, "a"), found(null, "a"), found(null, null)));

    assertThat(events)
        .extracting(CausalOrderTests::id, Placed::depth)
        .containsExactly(tuple("a", 0), tuple(null, 1), tuple(null, 1), tuple(null, 0));
  }

  @Test
  void endsWithEventsThatCauseEachOther() {
    List<Placed<ChainLink>> events =
        CausalOrder.of(
            List.of(
                found("effect", "b"),
                found("a", "b"),
                found("b", "a"),
                found("self", "self"),
                found("root", null)));

    assertThat(events).extracting(CausalOrderTests::id).startsWith("root").hasSize(5);
    assertThat(events)
        .filteredOn(event -> event.depth() == 0)
        .extracting(CausalOrderTests::id)
        .containsExactly("root", "b", "self");
    assertThat(events).extracting(CausalOrderTests::id).containsSubsequence("b", "effect");
    assertThat(events).allSatisfy(event -> assertThat(event.cause()).isLessThan(event.place()));
  }

  @Test
  void followsAChainAsDeepAsItIsLong() {
    List<ChainLink> records = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      records.add(found("e" + i, i == 0 ? null : "e" + (i - 1)));
    }

    List<Placed<ChainLink>> events = CausalOrder.of(records.reversed());

    assertThat(events).hasSize(100_000);
    assertThat(events.getLast().depth()).isEqualTo(99_999);
  }

  private static @Nullable String id(Placed<ChainLink> placed) {
    return placed.event().eventId();
  }

  private static ChainLink found(@Nullable String eventId, @Nullable String causationId) {
    return new ChainLink(0, Instant.EPOCH, eventId, causationId);
  }
}
