package io.eventagents.replay;

import io.eventagents.outbox.ParkedRecord;
import io.eventagents.outbox.ParkedRecords;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Records of this application's outbox that the broker refused for good, over HTTP: tried again
 * once the cause is removed, or given up. Either way those of their keys go on.
 */
@RestController
@RequestMapping(path = "/outbox/parked", produces = MediaType.APPLICATION_JSON_VALUE)
final class ParkedRecordController {

  private static final Logger log = LoggerFactory.getLogger(ParkedRecordController.class);

  private final ParkedRecords parked;
  private final TransactionOperations transactions;

  ParkedRecordController(ParkedRecords parked, TransactionOperations transactions) {
    this.parked = parked;
    this.transactions = transactions;
  }

  /**
   * A record that waits for a person; see {@link ParkedRecord}.
   *
   * @param id names it
   * @param topic where it was to go
   * @param key its key, as text
   * @param eventId its event
   * @param parkedAt since when
   * @param reason what the broker said of it
   * @param holds how many later records of its key wait for it
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record View(
      long id,
      String topic,
      @Nullable String key,
      @Nullable String eventId,
      Instant parkedAt,
      String reason,
      long holds) {

    private static View of(ParkedRecord record) {
      return new View(
          record.id(),
          record.topic(),
          record.key(),
          record.eventId(),
          record.parkedAt(),
          record.reason(),
          record.holds());
    }
  }

  /** The first of them, oldest first. */
  record Page(List<View> parked) {}

  @GetMapping
  Page list(@RequestParam(defaultValue = "100") int limit) {
    return new Page(parked.first(OperatorRequest.limit(limit)).stream().map(View::of).toList());
  }

  @PostMapping("/{id}/release")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@PathVariable long id, @Nullable Principal user) {
    require(Boolean.TRUE.equals(transactions.execute(status -> parked.release(id))), id);
    log.info("{} released the parked outbox record {}", OperatorRequest.nameOf(user), id);
  }

  @PostMapping("/{id}/discard")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void discard(@PathVariable long id, @Nullable Principal user) {
    require(Boolean.TRUE.equals(transactions.execute(status -> parked.discard(id))), id);
    log.warn("{} discarded the parked outbox record {}", OperatorRequest.nameOf(user), id);
  }

  private static void require(boolean done, long id) {
    if (!done) {
      throw OperatorRequest.problem(
          HttpStatus.NOT_FOUND,
          "No record " + id + " is parked (any more); GET /outbox/parked lists those that are.");
    }
  }
}
