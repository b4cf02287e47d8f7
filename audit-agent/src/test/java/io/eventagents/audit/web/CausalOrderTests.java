package io.eventagents.audit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eventagents.audit.index.FoundRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CausalOrderTests {

  @Test
  void putsEffectsBehindTheirCausesWhateverTheClocksSay() {
    List<ChainEvent> events =
        CausalOrder.of(
            List.of(found("grandchild", "child"), found("child", "root"), found("root", "call")));

    assertThat(events)
        .extracting(ChainEvent::eventId, ChainEvent::depth)
        .containsExactly(tuple("root", 0), tuple("child", 1), tuple("grandchild", 2));
  }

  @Test
  void keepsTheEffectsOfACauseTogetherInTheirOrder() {
    List<ChainEvent> events =
        CausalOrder.of(
            List.of(
                found("root", null),
                found("a", "root"),
                found("b", "root"),
                found("a1", "a"),
                found("b1", "b")));

    assertThat(events)
        .extracting(ChainEvent::eventId)
        .containsExactly("root", "a", "a1", "b", "b1");
  }

  @Test
  void takesAnEventForARootWhoseCauseIsNotLoggedYet() {
    List<ChainEvent> events = CausalOrder.of(List.of(found("a", "not-logged"), found("b", "a")));

    assertThat(events)
        .extracting(ChainEvent::eventId, ChainEvent::depth)
        .containsExactly(tuple("a", 0), tuple("b", 1));
  }

  @Test
  void countsHowOftenAnEventWasPublished() {
    List<ChainEvent> events =
        CausalOrder.of(
            List.of(found("a", null), found("b", "a"), found("a", null), found("a", null)));

    assertThat(events)
        .extracting(ChainEvent::eventId, ChainEvent::occurrences)
        .containsExactly(tuple("a", 3L), tuple("b", 1L));
  }

  @Test
  void showsEveryRecordWithoutAnEventId() {
    List<ChainEvent> events =
        CausalOrder.of(
            List.of(found("a", null), found(null, "a"), found(null, "a"), found(null, null)));

    assertThat(events)
        .extracting(ChainEvent::eventId, ChainEvent::depth)
        .containsExactly(tuple("a", 0), tuple(null, 1), tuple(null, 1), tuple(null, 0));
  }

  @Test
  void endsWithEventsThatCauseEachOther() {
    List<ChainEvent> events =
        CausalOrder.of(
            List.of(
                found("effect", "b"),
                found("a", "b"),
                found("b", "a"),
                found("self", "self"),
                found("root", null)));

    assertThat(events).extracting(ChainEvent::eventId).startsWith("root").hasSize(5);
    assertThat(events)
        .filteredOn(event -> event.depth() == 0)
        .extracting(ChainEvent::eventId)
        .containsExactly("root", "b", "self");
    assertThat(events).extracting(ChainEvent::eventId).containsSubsequence("b", "effect");
  }

  @Test
  void followsAChainAsDeepAsItIsLong() {
    List<FoundRecord> records = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      records.add(found("e" + i, i == 0 ? null : "e" + (i - 1)));
    }

    List<ChainEvent> events = CausalOrder.of(records.reversed());

    assertThat(events).hasSize(100_000);
    assertThat(events.getLast().depth()).isEqualTo(99_999);
  }

  private static FoundRecord found(@Nullable String eventId, @Nullable String causationId) {
    return new FoundRecord(
        new UUID(0, 0),
        "task-events",
        0,
        0,
        0,
        "audit-2025-01-15.jsonl",
        0,
        0,
        Instant.EPOCH,
        null,
        null,
        "[]",
        "event",
        eventId,
        "a.done",
        "test",
        "req-1",
        causationId,
        Instant.EPOCH,
        null,
        null,
        null,
        1);
  }
}
