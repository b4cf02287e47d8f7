package io.eventagents.audit.erasure;

import io.eventagents.Cause;
import io.eventagents.CorrelationId;
import io.eventagents.DatabaseSchema;
import io.eventagents.Event;
import io.eventagents.EventPublisher;
import io.eventagents.StorableText;
import io.eventagents.audit.index.StorableTime;
import io.eventagents.audit.log.LogPlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps the erasures of one log in the database. Thread-safe. */
final class ErasureStore {

  private static final int CHAINS_AT_ONCE = 10_000;

  private static final String SELECT =
      """
      select id, subject, subject_sha256, reason, requested_by, requested_at, whole_chains,
        correlation_id, requested_event, state, upto_file, upto_position, files, files_done, failure,
        completed_at, erased_records, erased_files, erased_bytes, lines_sha256
      from audit.erasures
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final EventPublisher<ErasureEvent> events;
  private final UUID log;
  private final Clock clock;

  /**
   * @param schema proof that the tables exist
   * @param events publishes the events in the transactions that store what they report
   * @param log the id of the log
   */
  ErasureStore(
      JdbcClient jdbc,
      DatabaseSchema schema,
      TransactionTemplate transaction,
      EventPublisher<ErasureEvent> events,
      UUID log,
      Clock clock) {
    if (!schema.name().equals("audit")) {
      throw new IllegalArgumentException("Erasures are in the schema audit, not " + schema.name());
    }
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.events = events;
    this.log = log;
    this.clock = clock;
  }

  /** Accepts an erasure. When this returns, it and its event are stored. */
  Erasure request(ErasureRequest request, String requestedBy, CorrelationId correlation) {
    String id = Uuid.randomUuid().toString();
    String sha256 = request.subject().sha256(id);
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              Event<ErasureEvent.Requested> event =
                  events.publish(
                      new ErasureEvent.Requested(
                          id, log.toString(), request.reason(), requestedBy, sha256),
                      Cause.call(correlation, "api-erasure-" + id));
              Erasure erasure =
                  new Erasure(
                      id,
                      request.subject(),
                      sha256,
                      request.reason(),
                      requestedBy,
                      clock.instant().truncatedTo(ChronoUnit.MICROS),
                      request.wholeChains(),
                      correlation.value(),
                      event.eventId(),
                      ErasureState.REQUESTED,
                      null,
                      null,
                      0,
                      null,
                      null,
                      null);
              insert(erasure);
              return erasure;
            }));
  }

  private void insert(Erasure erasure) {
    jdbc.sql(
            """
            insert into audit.erasures (id, log_id, subject, subject_sha256, reason, requested_by,
              requested_at, whole_chains, correlation_id, requested_event, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .params(
            erasure.id(),
            log,
            Objects.requireNonNull(erasure.subject()).json(),
            erasure.subjectSha256(),
            erasure.reason(),
            StorableText.replace(erasure.requestedBy()),
            StorableTime.parameter(erasure.requestedAt()),
            erasure.wholeChains(),
            erasure.correlationId(),
            erasure.requestedEvent(),
            erasure.state().text())
        .update();
  }

  Optional<Erasure> find(String id) {
    return select("where id = ? and log_id = ?", id, log).optional();
  }

  /** The latest erasures, newest first. */
  List<Erasure> latest(int atMost) {
    return select("where log_id = ? order by number desc limit ?", log, atMost).list();
  }

  /**
   * The oldest erasure that is not completed.
   *
   * @param except the ids of erasures to skip
   */
  Optional<Erasure> next(Set<String> except) {
    return select(
            """
            where log_id = ? and state <> 'completed' and id <> all (?)
            order by number limit 1
            """,
            log,
            except.toArray(String[]::new))
        .optional();
  }

  private JdbcClient.MappedQuerySpec<Erasure> select(String condition, Object... parameters) {
    return jdbc.sql(SELECT + condition).params(parameters).query(ErasureStore::erasure);
  }

  void begin(String id, LogPlace upTo) {
    jdbc.sql(
            """
            update audit.erasures set state = 'searching', upto_file = ?, upto_position = ?
            where id = ?
            """)
        .params(upTo.file(), upTo.position(), id)
        .update();
  }

  /** Notes that the files are rewritten next, and for which chains. */
  void enterErasing(String id, Set<String> chains) {
    transaction.executeWithoutResult(
        status -> {
          addChains(id, chains);
          enter(id, ErasureState.ERASING);
        });
  }

  private void addChains(String id, Set<String> chains) {
    List<String> all = List.copyOf(chains);
    for (int from = 0; from < all.size(); from += CHAINS_AT_ONCE) {
      List<String> some = all.subList(from, Math.min(all.size(), from + CHAINS_AT_ONCE));
      jdbc.sql(
              """
              insert into audit.erasure_chains (erasure, correlation_id)
              select ?, c from unnest(?::text[]) as c on conflict do nothing
              """)
          .param(id)
          .param(some.toArray(String[]::new))
          .update();
    }
  }

  Set<String> chains(String id) {
    return new HashSet<>(
        jdbc.sql("select correlation_id from audit.erasure_chains where erasure = ?")
            .param(id)
            .query(String.class)
            .list());
  }

  void enter(String id, ErasureState state) {
    jdbc.sql("update audit.erasures set state = ?, files_done = 0, failure = null where id = ?")
        .params(state.text(), id)
        .update();
  }

  /**
   * Notes the progress. A new attempt starts at the first file; the failure ends when the attempt
   * gets past it.
   */
  void progress(String id, int files, int done) {
    jdbc.sql(
            """
            update audit.erasures set files = ?, files_done = greatest(files_done, ?),
              failure = case when ? > files_done then null else failure end
            where id = ?
            """)
        .params(files, done, done, id)
        .update();
  }

  void fail(String id, String failure) {
    jdbc.sql("update audit.erasures set failure = ? where id = ?").params(failure, id).update();
  }

  /** Reports that an erasure is completed, and forgets its subject. */
  void complete(Erasure erasure, Erasure.Outcome outcome) {
    transaction.executeWithoutResult(
        status -> {
          events.publish(
              new ErasureEvent.Completed(
                  erasure.id(),
                  log.toString(),
                  outcome.records(),
                  outcome.files(),
                  outcome.linesSha256()),
              Cause.event(erasure.correlationId(), erasure.requestedEvent()));
          complete(erasure.id(), outcome, clock.instant().truncatedTo(ChronoUnit.MICROS));
        });
  }

  private void complete(String id, Erasure.Outcome outcome, Instant at) {
    jdbc.sql(
            """
            update audit.erasures set state = 'completed', subject = null, failure = null, files_done = files,
              erased_records = ?, erased_files = ?, erased_bytes = ?, lines_sha256 = ?,
              completed_at = ?
            where id = ?
            """)
        .params(
            outcome.records(),
            outcome.files(),
            outcome.bytes(),
            outcome.linesSha256(),
            StorableTime.parameter(at),
            id)
        .update();
    jdbc.sql("delete from audit.erasure_chains where erasure = ?").param(id).update();
  }

  private static Erasure erasure(ResultSet row, int number) throws SQLException {
    String subject = row.getString("subject");
    String file = row.getString("upto_file");
    String linesSha256 = row.getString("lines_sha256");
    return new Erasure(
        row.getString("id"),
        subject == null ? null : Subject.parse(subject),
        row.getString("subject_sha256"),
        row.getString("reason"),
        row.getString("requested_by"),
        Objects.requireNonNull(StorableTime.read(row, "requested_at")),
        row.getBoolean("whole_chains"),
        row.getString("correlation_id"),
        row.getString("requested_event"),
        ErasureState.of(row.getString("state")),
        file == null ? null : new LogPlace(file, row.getLong("upto_position")),
        row.getObject("files", Integer.class),
        row.getInt("files_done"),
        row.getString("failure"),
        StorableTime.read(row, "completed_at"),
        linesSha256 == null
            ? null
            : new Erasure.Outcome(
                row.getLong("erased_records"),
                row.getLong("erased_files"),
                row.getLong("erased_bytes"),
                linesSha256));
  }
}
