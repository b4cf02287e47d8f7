package io.eventagents.outbox.http;

import io.eventagents.http.Caller;
import io.eventagents.http.PageLimit;
import io.eventagents.http.Problems;
import io.eventagents.http.TimeParameter;
import io.eventagents.outbox.ParkedRecord;
import io.eventagents.outbox.ParkedRecords;
import io.eventagents.outbox.ParkedSelection;
import java.security.Principal;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Serves the records of this application's outbox that the broker refused for good. They are tried
 * again once the cause is removed, or discarded, one or many. Either way the later records of their
 * keys go on.
 */
@RestController
@RequestMapping(path = "/outbox/parked", produces = MediaType.APPLICATION_JSON_VALUE)
final class ParkedRecordController {

  private static final Logger log = LoggerFactory.getLogger(ParkedRecordController.class);

  private static final int LARGEST_PAGE = 1_000;

  private final ParkedRecords parked;
  private final TransactionOperations transactions;

  ParkedRecordController(ParkedRecords parked, TransactionOperations transactions) {
    this.parked = parked;
    this.transactions = transactions;
  }

  /** The first parked records, oldest first. */
  record Page(List<ParkedRecord> parked) {}

  /**
   * What a request about many records did.
   *
   * @param dryRun whether they were only counted
   * @param matched how many are selected
   * @param released how many are tried again
   * @param discarded how many are deleted
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record Outcome(boolean dryRun, long matched, long released, long discarded) {}

  @GetMapping
  Page list(
      @RequestParam(required = false) @Nullable String topic,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(defaultValue = "100") int limit) {
    ParkedSelection selection =
        new ParkedSelection(
            topic, reason, TimeParameter.parse("from", from), TimeParameter.parse("to", to));
    return new Page(parked.first(selection, PageLimit.check(limit, LARGEST_PAGE)));
  }

  @PostMapping("/release")
  Outcome release(@RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    ParkedCommand command = ParkedCommand.read(body);
    if (command.dryRun()) {
      return counted(command);
    }
    int released = carriedOut(() -> parked.release(command.selection()));
    log.info("{} released {} parked outbox records", Caller.of(user).name(), released);
    return new Outcome(false, released, released, 0);
  }

  @PostMapping("/discard")
  Outcome discard(@RequestBody(required = false) byte @Nullable [] body, @Nullable Principal user) {
    ParkedCommand command = ParkedCommand.read(body);
    if (command.dryRun()) {
      return counted(command);
    }
    int discarded = carriedOut(() -> parked.discard(command.selection()));
    log.warn("{} discarded {} parked outbox records", Caller.of(user).name(), discarded);
    return new Outcome(false, discarded, 0, discarded);
  }

  private Outcome counted(ParkedCommand command) {
    return new Outcome(true, parked.count(command.selection()), 0, 0);
  }

  private int carriedOut(IntSupplier work) {
    Integer done = transactions.execute(status -> work.getAsInt());
    return done == null ? 0 : done;
  }

  @PostMapping("/{id}/release")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@PathVariable long id, @Nullable Principal user) {
    require(Boolean.TRUE.equals(transactions.execute(status -> parked.release(id))), id);
    log.info("{} released the parked outbox record {}", Caller.of(user).name(), id);
  }

  @PostMapping("/{id}/discard")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void discard(@PathVariable long id, @Nullable Principal user) {
    require(Boolean.TRUE.equals(transactions.execute(status -> parked.discard(id))), id);
    log.warn("{} discarded the parked outbox record {}", Caller.of(user).name(), id);
  }

  private static void require(boolean done, long id) {
    if (!done) {
      throw Problems.of(
          HttpStatus.NOT_FOUND,
          "No record " + id + " is parked (any more); GET /outbox/parked lists those that are.");
    }
  }
}
