package io.eventagents.replay;

import static io.eventagents.replay.DeadLetterInput.command;
import static io.eventagents.replay.DeadLetterInput.instant;
import static io.eventagents.replay.DeadLetterInput.states;
import static io.eventagents.replay.DeadLetterInput.why;
import static io.eventagents.replay.OperatorRequest.problem;

import io.eventagents.DependencyUnavailable;
import io.eventagents.deadletter.LetterState;
import io.eventagents.deadletter.ReplayRequest.Action;
import java.security.Principal;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
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
 * Dead letters over HTTP: look into them, replay and discard them, one or many. Every application
 * shows those of all agents.
 */
@RestController
@RequestMapping(path = "/dead-letters", produces = MediaType.APPLICATION_JSON_VALUE)
final class DeadLetterController {

  private static final Set<LetterState> OPEN = EnumSet.of(LetterState.OPEN);

  private final StoredLetters letters;
  private final Replays replays;
  private final Clock clock;

  DeadLetterController(StoredLetters letters, Replays replays, Clock clock) {
    this.letters = letters;
    this.replays = replays;
    this.clock = clock;
  }

  @GetMapping
  DeadLetterPage list(
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(name = "event_type", required = false) @Nullable String eventType,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "open,replaying,discarding") String state,
      @RequestParam(defaultValue = "100") int limit) {
    DeadLetterPage.Newest newest = new DeadLetterPage.Newest(OperatorRequest.limit(limit));
    letters.forEach(
        new DeadLetterFilter(
            agent,
            eventType,
            reason,
            instant("from", from),
            instant("to", to),
            states(Arrays.asList(state.split(",")))),
        newest::add);
    return newest.page();
  }

  @GetMapping("/summary")
  DeadLetterSummary summary(
      @RequestParam(required = false) @Nullable String agent,
      @RequestParam(defaultValue = "open,replaying,discarding") String state) {
    DeadLetterSummary.Count count = new DeadLetterSummary.Count();
    letters.forEach(
        new DeadLetterFilter(
            agent, null, null, null, null, states(Arrays.asList(state.split(",")))),
        count::add);
    return count.sum();
  }

  @GetMapping("/{agent}/{id}")
  DeadLetterView show(@PathVariable String agent, @PathVariable String id) {
    return DeadLetterView.withContent(find(agent, id));
  }

  @PostMapping("/{agent}/{id}/replay")
  DeadLetterOutcome replay(
      @PathVariable String agent,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal user) {
    return one(Action.REPLAY, find(agent, id), command(body), user);
  }

  @PostMapping("/{agent}/{id}/discard")
  DeadLetterOutcome discard(
      @PathVariable String agent,
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] body,
      @Nullable Principal user) {
    return one(Action.DISCARD, find(agent, id), command(body), user);
  }

  @PostMapping("/replay")
  DeadLetterOutcome replay(
      @RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    return many(Action.REPLAY, command(body), user);
  }

  @PostMapping("/discard")
  DeadLetterOutcome discard(
      @RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    return many(Action.DISCARD, command(body), user);
  }

  private DeadLetterOutcome one(
      Action action, DeadLetter letter, DeadLetterCommand command, @Nullable Principal user) {
    if (command.namesLetters() || command.state() != null) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "The path names the letter; agent, event_type, reason, from, to and state belong to POST /dead-letters/replay and /discard.");
    }
    DeadLetterWork work = work(action, command, user);
    work.add(letter);
    return work.finish();
  }

  private DeadLetterOutcome many(
      Action action, DeadLetterCommand command, @Nullable Principal user) {
    if (!command.namesLetters()) {
      throw problem(
          HttpStatus.BAD_REQUEST,
          "Name the letters by at least one of agent, event_type, reason, from and to.");
    }
    DeadLetterWork work = work(action, command, user);
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

  private DeadLetterWork work(Action action, DeadLetterCommand command, @Nullable Principal user) {
    return new DeadLetterWork(
        replays,
        action,
        command.isDryRun(),
        OperatorRequest.nameOf(user),
        why(command),
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
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
}
