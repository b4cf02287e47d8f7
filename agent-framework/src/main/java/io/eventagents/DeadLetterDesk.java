package io.eventagents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Looks after the dead letters of all agents, whichever application asks. A bean of every
 * application that serves HTTP; {@code /dead-letters} offers the same over HTTP.
 *
 * <pre>{@code
 * Selection open = Selection.unsettled().withStates(Set.of(State.OPEN));
 * Outcome planned = desk.dryRun(Action.REPLAY, open);
 * Outcome sent = desk.carryOut(Action.REPLAY, open, new Request("kim", "the server is back"), progress -> {});
 * }</pre>
 *
 * <p>Each call reads the letters from the broker, and every method throws {@link
 * DependencyUnavailable} if the broker does not answer. Thread-safe.
 */
public interface DeadLetterDesk {

  /**
   * Letters by agent, type, reason and state, the largest group first. If there are very many
   * groups, the small ones of an agent and state are combined into one with an empty type and
   * reason.
   */
  List<Group> groups(Selection selection);

  /**
   * The newest of the letters: fewer than asked for if they are large, and with only the beginning
   * of long texts.
   *
   * @param atMost how many; they are held in memory
   */
  Page newest(Selection selection, int atMost);

  /**
   * A letter with its content.
   *
   * @param id as {@link Letter#id} names it
   * @return empty if there is none or it is no longer kept
   */
  Optional<Letter> find(String agent, String id);

  /** Tells what would be done about the letters, without doing it. */
  Outcome dryRun(Action action, Selection selection);

  /**
   * Replays or discards letters that nobody has settled. A replay, and the discard of a letter that
   * others wait behind, is confirmed by the agent later, as {@code delivery.replayed} or {@code
   * delivery.discarded} in the chain. Every other discard is final when this returns. A repetition
   * does no harm.
   *
   * @param progress told what was done so far; several times if there are many letters
   */
  Outcome carryOut(Action action, Selection selection, Request request, Consumer<Outcome> progress);

  /** What to do about a letter. */
  enum Action {
    /** Let its agent handle it now. */
    REPLAY,
    /** Leave it for good, and let the events that wait behind it go on. */
    DISCARD;

    /** In lower case, as it is written into records. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of a letter. */
  enum State {
    /** Nobody has looked after it. */
    OPEN,
    /** It was sent to its agent again; the agent has not answered yet. */
    REPLAYING,
    /** The agent was told to leave it and to go on with the events that wait behind it. */
    DISCARDING,
    /** The agent has handled it. */
    REPLAYED,
    /** The agent gave it up again; a newer letter tells why. */
    FAILED_AGAIN,
    /** It is left for good. */
    DISCARDED;

    /** Whether nothing more is to be done about it. */
    public boolean isSettled() {
      return this == REPLAYED || this == FAILED_AGAIN || this == DISCARDED;
    }

    /** In lower case, as it is shown and stored. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #text} returns; empty for anything else. */
    public static Optional<State> of(String text) {
      return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }

    /** The same as {@link #text}, because pages show it. */
    @Override
    public String toString() {
      return text();
    }
  }

  /**
   * A person's request, and the reason.
   *
   * @param by the person's name; kept with the letters and told to their chains, as is the reason
   * @param why in words
   * @param at when; distinguishes the letters of one request from those of another
   */
  record Request(String by, @Nullable String why, Instant at) {}

  /**
   * Which letters are meant; a null component does not matter.
   *
   * @param agent of this agent
   * @param ids only these, as {@link Letter#id} names them; empty for all
   * @param eventType of this type
   * @param reason whose reason contains this, in upper or lower case
   * @param from that failed then or later
   * @param until that failed before
   * @param states in one of these states
   */
  record Selection(
      @Nullable String agent,
      Set<String> ids,
      @Nullable String eventType,
      @Nullable String reason,
      @Nullable Instant from,
      @Nullable Instant until,
      Set<State> states) {

    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException if ids are given without their agent
     */
    public Selection {
      ids = Set.copyOf(ids);
      states = Set.copyOf(states);
      if (!ids.isEmpty() && agent == null) {
        throw new IllegalArgumentException("Ids name letters of one agent: say which");
      }
    }

    /** All letters that nobody has looked after, or that are being looked after. */
    public static Selection unsettled() {
      return new Selection(
          null,
          Set.of(),
          null,
          null,
          null,
          null,
          Set.of(State.OPEN, State.REPLAYING, State.DISCARDING));
    }

    /** One letter, whatever became of it. */
    public static Selection of(String agent, String id) {
      return new Selection(agent, Set.of(id), null, null, null, null, Set.of(State.values()));
    }

    /** Those of the letters that are in one of these states. */
    public Selection withStates(Set<State> states) {
      return new Selection(agent, ids, eventType, reason, from, until, states);
    }

    /** Whether the letter is meant. */
    public boolean matches(Letter letter) {
      return matches(
          letter.agent(),
          letter.id(),
          letter.eventType(),
          letter.reason(),
          letter.failedAt(),
          letter.state());
    }

    /** Whether a letter with all of this is meant; for callers that ask about very many. */
    public boolean matches(
        String agent, String id, String eventType, String reason, Instant failedAt, State state) {
      return states.contains(state)
          && (this.agent == null || this.agent.equals(agent))
          && (ids.isEmpty() || ids.contains(id))
          && (this.eventType == null || this.eventType.equals(eventType))
          && (this.reason == null || lower(reason).contains(lower(this.reason)))
          && (from == null || !failedAt.isBefore(from))
          && (until == null || failedAt.isBefore(until));
    }

    private static String lower(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A dead letter.
   *
   * @param agent the agent that gave it up
   * @param id names it among the agent's dead letters
   * @param eventId the event; null if the record had no readable id
   * @param eventType its type
   * @param correlationId its chain
   * @param key the key of the record, as text
   * @param reason why it was given up
   * @param exception the class that was thrown
   * @param attempts how often it was tried
   * @param failedAt when it was given up
   * @param topic the topic from which the event was read
   * @param partition its partition
   * @param offset its offset
   * @param holdsKey whether later events of its key wait behind it
   * @param state what became of it
   * @param requestedBy who asked for that
   * @param why in words
   * @param requestedAt when
   * @param content headers and value, if one letter is shown
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Letter(
      String agent,
      String id,
      @Nullable String eventId,
      String eventType,
      @Nullable String correlationId,
      @Nullable String key,
      String reason,
      @Nullable String exception,
      @Nullable Integer attempts,
      Instant failedAt,
      String topic,
      int partition,
      long offset,
      boolean holdsKey,
      State state,
      @Nullable String requestedBy,
      @Nullable String why,
      @Nullable Instant requestedAt,
      @Nullable Content content) {}

  /**
   * What was in the record.
   *
   * @param headers those of the record as it came, the last of each name
   * @param value the value as text; null if there is none or it is not text
   * @param valueBase64 the value if it is not text
   * @param valueOmitted why the value is not kept here; it is still at topic, partition and offset
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Content(
      Map<String, String> headers,
      @Nullable String value,
      @Nullable String valueBase64,
      @Nullable String valueOmitted) {}

  /**
   * Letters that have all of this in common.
   *
   * @param count how many
   * @param first when the first of them failed
   * @param last when the last of them failed
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Group(
      String agent,
      String eventType,
      String reason,
      State state,
      long count,
      Instant first,
      Instant last) {}

  /**
   * The newest letters that were meant.
   *
   * @param deadLetters newest first
   * @param matched how many were meant in all
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Page(List<Letter> deadLetters, long matched) {}

  /**
   * What a replay or discard did.
   *
   * @param dryRun whether the letters were only counted
   * @param matched how many letters were meant
   * @param requested how many were sent to their agents, which confirm them by {@code
   *     delivery.replayed} or {@code delivery.discarded}, or fail once more
   * @param discarded how many are discarded now
   * @param settledBefore how many were not touched because they had been replayed or discarded
   *     before
   * @param byAgent how many of the letters are of which agent
   * @param refused how many letters nothing could be done about
   * @param refusals the first of those, with the reason
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Outcome(
      boolean dryRun,
      long matched,
      long requested,
      long discarded,
      long settledBefore,
      Map<String, Long> byAgent,
      long refused,
      List<Refusal> refusals) {}

  /**
   * A letter that nothing could be done about.
   *
   * @param agent whose letter it is
   * @param id names it
   * @param reason why
   */
  record Refusal(String agent, String id, String reason) {}
}
