package io.eventagents.deadletter.http;

import static io.eventagents.deadletter.http.DeadLetterCommand.states;

import io.eventagents.DeadLetterDesk;
import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Group;
import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.DeadLetterDesk.Outcome;
import io.eventagents.DeadLetterDesk.Page;
import io.eventagents.DeadLetterDesk.Request;
import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.DependencyUnavailable;
import io.eventagents.http.Caller;
import io.eventagents.http.InvalidRequest;
import io.eventagents.http.PageLimit;
import io.eventagents.http.Problems;
import io.eventagents.http.TimeParameter;
import java.security.Principal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves dead letters over HTTP: shows, replays and discards them, one or many. Every application
 * shows those of all agents.
 */
@RestController
@RequestMapping(path = "/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
final class DeadLetterController {

  /**
   * Dead letters, grouped by agent, type, reason and state.
   *
   * @param groups the largest first
   */
  record DeadLetterSummary(List<Group> groups) {}

  private static final int LARGEST_PAGE = 1_000;

  private final DeadLetterDesk desk;
  private final Clock clock;

  DeadLetterController(DeadLetterDesk desk, Clock clock) {
    this.desk = desk;
    this.clock = clock;
  }

  @GetMapping
  Page list(
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(name = "event_type", required = false) @Nullable String eventType,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "open,replaying,discarding") String state,
      @RequestParam(defaultValue = "100") int limit) {
    return desk.newest(
        new Selection(
            agent,
            Set.of(),
            eventType,
            reason,
            TimeParameter.parse("from", from),
            TimeParameter.parse("to", to),
            states(Arrays.asList(state.split(",")))),
        PageLimit.check(limit, LARGEST_PAGE));
  }

  @GetMapping("/summary")
  DeadLetterSummary summary(
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(defaultValue = "open,replaying,discarding") String state) {
    return new DeadLetterSummary(
        desk.groups(
            new Selection(
                agent, Set.of(), null, null, null, null, states(Arrays.asList(state.split(","))))));
  }

  @GetMapping("/{agent}/{id}")
  Letter find(@PathVariable String agent, @PathVariable String id) {
    return desk.find(agent, id)
        .orElseThrow(
            () ->
                Problems.of(
                    HttpStatus.NOT_FOUND,
                    "The agent '"
                        + agent
                        + "' has no dead letter '"
                        + id
                        + "'; GET /dead-letters?state=all lists them."));
  }

  @PostMapping("/{agent}/{id}/replay")
  Outcome replay(
      @PathVariable String agent,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal user) {
    return one(Action.REPLAY, find(agent, id), DeadLetterCommand.read(body), user);
  }

  @PostMapping("/{agent}/{id}/discard")
  Outcome discard(
      @PathVariable String agent,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal user) {
    return one(Action.DISCARD, find(agent, id), DeadLetterCommand.read(body), user);
  }

  @PostMapping("/replay")
  Outcome replay(@RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    return many(Action.REPLAY, DeadLetterCommand.read(body), user);
  }

  @PostMapping("/discard")
  Outcome discard(@RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    return many(Action.DISCARD, DeadLetterCommand.read(body), user);
  }

  private Outcome one(
      Action action, Letter letter, DeadLetterCommand command, @Nullable Principal user) {
    if (command.namesLetters() || command.namesStates()) {
      throw new InvalidRequest(
          "The path names the dead letter; agent, event_type, reason, from, to and state belong to POST /dead-letters/replay and /discard.");
    }
    return carryOut(action, Selection.of(letter.agent(), letter.id()), command, user);
  }

  private Outcome many(Action action, DeadLetterCommand command, @Nullable Principal user) {
    if (!command.namesLetters()) {
      throw new InvalidRequest(
          "Name the dead letters by at least one of agent, event_type, reason, from and to.");
    }
    return carryOut(action, command.selection(), command, user);
  }

  private Outcome carryOut(
      Action action, Selection selection, DeadLetterCommand command, @Nullable Principal user) {
    Request request =
        new Request(
            Caller.of(user).name(), command.why(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return command.dryRun()
        ? desk.dryRun(action, selection)
        : desk.carryOut(action, selection, request, progress -> {});
  }

  @ExceptionHandler
  ProblemDetail brokerIsAway(DependencyUnavailable e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.SERVICE_UNAVAILABLE,
        e.getMessage()
            + ". The request may have been carried out in part; repeating it does no harm.");
  }
}
