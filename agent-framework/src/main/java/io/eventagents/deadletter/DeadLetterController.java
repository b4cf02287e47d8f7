package io.eventagents.deadletter;

import io.eventagents.DependencyUnavailable;
import io.eventagents.deadletter.ReplayRequest.Action;
import java.security.Principal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Dead letters over HTTP: look into them, replay and discard them, one or many. Every application
 * shows those of all agents.
 */
@RestController
@RequestMapping(path = "/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
final class DeadLetterController {

  private static final int LARGEST_PAGE = 1_000;
  private static final int CHUNK = 500;
  private static final int REFUSALS_SHOWN = 100;
  private static final int LONGEST_WHY = 1_000;
  private static final Set<LetterState> OPEN = EnumSet.of(LetterState.OPEN);

  /** A misspelt {@code dry_run} must not replay anything. */
  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
          .build();

  private final StoredLetters letters;
  private final Replays replays;
  private final Clock clock;

  DeadLetterController(StoredLetters letters, Replays replays, Clock clock) {
    this.letters = letters;
    this.replays = replays;
    this.clock = clock;
  }

  /**
   * The newest that match.
   *
   * @param deadLetters newest first
   * @param matched how many match in all
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Page(List<DeadLetterView> deadLetters, long matched) {}

  @GetMapping
  Page list(
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(name = "event_type", required = false) @Nullable String eventType,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "open,replaying,discarding") String state,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > LARGEST_PAGE) {
      throw invalid("limit", "must be a whole number from 1 to " + LARGEST_PAGE);
    }
    DeadLetterFilter filter =
        new DeadLetterFilter(
            agent,
            eventType,
            reason,
            instant("from", from),
            instant("to", to),
            states(Arrays.asList(state.split(","))));
    long[] matched = new long[1];
    PriorityQueue<DeadLetter> newest =
        new PriorityQueue<>(Comparator.comparing(DeadLetter::failedOn));
    letters.forEach(
        filter,
        letter -> {
          matched[0]++;
          newest.add(letter);
          if (newest.size() > limit) {
            newest.remove();
          }
        });
    return new Page(
        newest.stream()
            .sorted(Comparator.comparing(DeadLetter::failedOn).reversed())
            .map(DeadLetterView::of)
            .toList(),
        matched[0]);
  }

  /**
   * Letters with the same agent, type, reason and state.
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
      String state,
      long count,
      Instant first,
      Instant last) {

    private Group and(DeadLetter letter) {
      Instant failed = letter.failedOn();
      return new Group(
          agent,
          eventType,
          reason,
          state,
          count + 1,
          failed.isBefore(first) ? failed : first,
          failed.isAfter(last) ? failed : last);
    }
  }

  /**
   * All that match, grouped.
   *
   * @param groups the largest first
   */
  record Summary(List<Group> groups) {}

  @GetMapping("/summary")
  Summary summary(
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(defaultValue = "open,replaying,discarding") String state) {
    Map<List<String>, Group> groups = new LinkedHashMap<>();
    letters.forEach(
        new DeadLetterFilter(
            agent, null, null, null, null, states(Arrays.asList(state.split(",")))),
        letter -> {
          String stateOf = letter.resolution().state().text();
          List<String> key = List.of(letter.agent(), letter.eventType(), letter.reason(), stateOf);
          Group group = groups.get(key);
          groups.put(
              key,
              group == null
                  ? new Group(
                      letter.agent(),
                      letter.eventType(),
                      letter.reason(),
                      stateOf,
                      1,
                      letter.failedOn(),
                      letter.failedOn())
                  : group.and(letter));
        });
    return new Summary(
        groups.values().stream()
            .sorted(Comparator.comparingLong(Group::count).reversed())
            .toList());
  }

  @GetMapping("/{agent}/{id}")
  DeadLetterView show(@PathVariable String agent, @PathVariable String id) {
    return DeadLetterView.withContent(find(agent, id));
  }

  /**
   * What was done.
   *
   * @param dryRun whether they were only counted
   * @param matched how many letters were meant
   * @param requested how many were sent to their agents, which confirm them by {@code
   *     delivery.replayed} or {@code delivery.discarded}, or failed once more
   * @param discarded how many are discarded now
   * @param settledBefore how many were not touched, since they were replayed or discarded before
   * @param byAgent how many of the letters are of which agent
   * @param refused how many nothing could be done about
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

  /** A letter that nothing could be done about. */
  record Refusal(String agent, String id, String reason) {}

  @PostMapping("/{agent}/{id}/replay")
  Outcome replay(
      @PathVariable String agent,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal user) {
    return one(Action.REPLAY, find(agent, id), read(body), user);
  }

  @PostMapping("/{agent}/{id}/discard")
  Outcome discard(
      @PathVariable String agent,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal user) {
    return one(Action.DISCARD, find(agent, id), read(body), user);
  }

  @PostMapping("/replay")
  Outcome replay(@RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    return many(Action.REPLAY, read(body), user);
  }

  @PostMapping("/discard")
  Outcome discard(@RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    return many(Action.DISCARD, read(body), user);
  }

  private Outcome one(
      Action action, DeadLetter letter, DeadLetterCommand command, @Nullable Principal user) {
    if (command.namesLetters() || command.state() != null) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "The path names the letter; agent, event_type, reason, from, to and state belong to POST /dead-letters/replay and /discard.");
    }
    Work work = new Work(action, command, user);
    work.add(letter);
    return work.finish();
  }

  private Outcome many(Action action, DeadLetterCommand command, @Nullable Principal user) {
    if (!command.namesLetters()) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "Name the letters by at least one of agent, event_type, reason, from and to.");
    }
    Work work = new Work(action, command, user);
    letters.forEach(
        new DeadLetterFilter(
            command.agent(),
            command.eventType(),
            command.reason(),
            command.from(),
            command.to(),
            command.state() == null ? OPEN : states(command.state())),
        work::add);
    return work.finish();
  }

  /** One request, carried out in chunks, so that any number of letters fits into the memory. */
  private final class Work {

    private final Action action;
    private final boolean dryRun;
    private final String by;
    private final @Nullable String why;
    private final Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    private final Map<String, Long> byAgent = new TreeMap<>();
    private final List<Replays.Refused> refused = new ArrayList<>();
    private final List<DeadLetter> chunk = new ArrayList<>();
    private long matched;
    private long requested;
    private long discarded;
    private long settledBefore;
    private long refusedCount;

    private Work(Action action, DeadLetterCommand command, @Nullable Principal user) {
      this.action = action;
      this.dryRun = command.isDryRun();
      this.by = user == null || user.getName() == null ? "anonymous" : user.getName();
      this.why = why(command);
    }

    private void add(DeadLetter letter) {
      matched++;
      byAgent.merge(letter.agent(), 1L, Long::sum);
      if (letter.resolution().state().isSettled()) {
        settledBefore++;
        return;
      }
      chunk.add(letter);
      if (chunk.size() == CHUNK) {
        carryOut();
      }
    }

    private void carryOut() {
      if (!dryRun && !chunk.isEmpty()) {
        List<Replays.Refused> notDone =
            replays.request(
                chunk,
                letter ->
                    new ReplayRequest(
                        action,
                        letter.failedAt(),
                        letter.header(DeadLetterHeaders.FAILED_EVENT_ID),
                        by,
                        why,
                        at));
        long now =
            action == Action.REPLAY
                ? 0
                : chunk.stream().filter(letter -> !letter.holdsKey()).count();
        discarded += now;
        requested += chunk.size() - now - notDone.size();
        refusedCount += notDone.size();
        notDone.stream().limit(REFUSALS_SHOWN - refused.size()).forEach(refused::add);
      }
      chunk.clear();
    }

    private Outcome finish() {
      carryOut();
      return new Outcome(
          dryRun,
          matched,
          requested,
          discarded,
          settledBefore,
          byAgent,
          refusedCount,
          refused.stream()
              .map(
                  one ->
                      new Refusal(one.letter().agent(), one.letter().id().toString(), one.reason()))
              .toList());
    }
  }

  @ExceptionHandler
  ProblemDetail brokerIsAway(DependencyUnavailable e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.SERVICE_UNAVAILABLE,
        e.getMessage() + ". What was asked for may be done in part; asking again does no harm.");
  }

  private DeadLetter find(String agent, String id) {
    return LetterId.parse(id)
        .flatMap(known -> letters.find(agent, known))
        .orElseThrow(
            () ->
                problem(
                    HttpStatus.NOT_FOUND,
                    "The agent '"
                        + agent
                        + "' has no dead letter '"
                        + id
                        + "'; GET /dead-letters?state=all lists them."));
  }

  private static DeadLetterCommand read(byte @Nullable [] body) {
    if (body == null || body.length == 0) {
      return DeadLetterCommand.EMPTY;
    }
    try {
      DeadLetterCommand command = STRICT.readValue(body, DeadLetterCommand.class);
      return command == null ? DeadLetterCommand.EMPTY : command;
    } catch (JacksonException e) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "The body must be a JSON object with any of agent, event_type, reason, from, to (ISO 8601), state (a list), why"
              + " and dry_run (true or false): "
              + e.getOriginalMessage());
    }
  }

  private static @Nullable String why(DeadLetterCommand command) {
    String why = command.why();
    if (why != null && why.length() > LONGEST_WHY) {
      throw invalid("why", "must have at most " + LONGEST_WHY + " characters");
    }
    return why == null || why.isBlank() ? null : why;
  }

  private static Set<LetterState> states(List<String> texts) {
    EnumSet<LetterState> states = EnumSet.noneOf(LetterState.class);
    for (String text : texts) {
      if (text.strip().equals("all")) {
        return EnumSet.allOf(LetterState.class);
      }
      states.add(
          LetterState.of(text.strip())
              .orElseThrow(
                  () ->
                      invalid(
                          "state",
                          "must be all, or some of "
                              + Stream.of(LetterState.values())
                                  .map(LetterState::text)
                                  .collect(Collectors.joining(", ")))));
    }
    return states;
  }

  private static @Nullable Instant instant(String parameter, @Nullable String text) {
    try {
      return text == null || text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw invalid(parameter, "must be a time like 2025-01-15T14:30:00Z");
    }
  }

  private static ErrorResponseException invalid(String field, String expected) {
    ErrorResponseException problem = problem(HttpStatus.BAD_REQUEST, field + " " + expected + ".");
    problem.getBody().setProperty("errors", List.of(Map.of("field", field, "message", expected)));
    return problem;
  }

  private static ErrorResponseException problem(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
