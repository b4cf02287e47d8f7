package io.eventagents.audit.index;

import static io.eventagents.audit.Records.batch;
import static org.awaitility.Awaitility.await;

import io.eventagents.DatabaseSchema;
import io.eventagents.ReceivedRecord;
import io.eventagents.audit.Records;
import io.eventagents.audit.TickingClock;
import io.eventagents.audit.evidence.LogMeters;
import io.eventagents.audit.log.AuditLog;
import io.eventagents.audit.log.GapReasons;
import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogWitness;
import io.eventagents.embedded.EmbeddedServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A log with its index in a database of its own. */
public final class IndexedLog implements AutoCloseable {

  /** A database with the tables; each test has its own log. */
  public record Database(
      JdbcTemplate jdbc,
      RecordIndex index,
      RecordQueries records,
      ChainQueries chains,
      ChainOutlines outlines) {

    /** Creates one with a name. */
    public static Database create(String name) {
      var server = EmbeddedServers.postgreSql();
      DriverManagerDataSource dataSource =
          new DriverManagerDataSource(
              server.createDatabase(name), server.username(), server.password());
      DatabaseSchema schema = DatabaseSchema.migrate(dataSource, "audit", "classpath:db/audit");
      JdbcTemplate jdbc = new JdbcTemplate(dataSource);
      RecordQueries records = new RecordQueries(JdbcClient.create(dataSource), schema);
      ChainOutlines outlines = new ChainOutlines(JdbcClient.create(dataSource), schema);
      return new Database(
          jdbc,
          new RecordIndex(jdbc, new JdbcTransactionManager(dataSource), schema),
          records,
          new ChainQueries(outlines, records, Calls.OF_THE_API),
          outlines);
    }
  }

  public final TickingClock clock = new TickingClock("2025-01-15T12:00:00Z");
  final Database database;
  final LogDirectory directory;
  final AuditLog log;
  private final Indexer indexer;
  private long nextOffset;

  private IndexedLog(Database database, Path path) {
    this.database = database;
    database.jdbc().execute("truncate audit.records, audit.logs");
    this.directory = LogDirectory.open(path);
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    this.log =
        AuditLog.open(
            directory, clock, new LogMeters(meters), GapReasons.UNTOLD, LogWitness.NONE, null);
    this.indexer = new Indexer(directory, log.end(), database.index(), meters);
    indexer.start();
  }

  /** Opens an empty log. */
  public static IndexedLog in(Path path, Database database) {
    return new IndexedLog(database, path);
  }

  int number() {
    return database.index().enter(directory);
  }

  /** Logs records, and returns when they are indexed. */
  public void accept(ReceivedRecord... records) {
    log.accept(batch(records));
    int number = number();
    await().until(() -> Objects.equals(database.index().indexed(number), log.end().get()));
  }

  /** An event of a chain; its key is {@code key-} and the chain. */
  public ReceivedRecord event(
      String chain, String id, String type, @Nullable String cause, String time, String data) {
    return event(
        chain,
        """
        {"event_id":"%s","event_type":"%s","occurred_at":"%s","data":%s,\
        "metadata":{"correlation_id":"%s","causation_id":%s,"source":"%s-agent"}}"""
            .formatted(
                id,
                type,
                time,
                data,
                chain,
                cause == null ? null : '"' + cause + '"',
                type.substring(0, type.indexOf('.'))));
  }

  ReceivedRecord event(String chain, String json) {
    return keyed("key-" + chain, json);
  }

  /** A record of an entity. */
  public ReceivedRecord keyed(String key, String json) {
    return Records.record(
        Records.TASK_EVENTS,
        nextOffset++,
        Records.utf8(key),
        Records.utf8(json),
        new RecordHeaders());
  }

  @Override
  public void close() throws IOException {
    indexer.stop();
    log.close();
    directory.close();
  }
}
