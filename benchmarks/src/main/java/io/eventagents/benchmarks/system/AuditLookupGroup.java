package io.eventagents.benchmarks.system;

import io.eventagents.benchmarks.rig.Arguments;
import io.eventagents.benchmarks.rig.BenchmarkGroup;
import io.eventagents.benchmarks.rig.BrokerProcess;
import io.eventagents.benchmarks.rig.ChildJvm;
import io.eventagents.benchmarks.rig.Database;
import io.eventagents.benchmarks.rig.Report;
import io.eventagents.benchmarks.rig.Spread;
import io.eventagents.benchmarks.rig.Target;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.springframework.util.FileSystemUtils;

/**
 * Looking up chains and pages over HTTP, among few events and among many. The database generates
 * the rows itself, because reading a large log would take long and the result is the same.
 */
public final class AuditLookupGroup implements BenchmarkGroup {

  private static final int FEW = 10_000;
  private static final int OF_A_CHAIN = 8;
  private static final int ON_A_PAGE = 200;

  /** The rows differ in what also differs between real events: ids, keys, times and data. */
  private static final String ROWS =
      """
      insert into audit.records (topic_id, topic, partition, "offset", log, file, position, length,
        logged_at, record_timestamp, record_key, headers, payload, event_id, event_type, source,
        correlation_id, causation_id, occurred_at, metadata, data, terms)
      select '00000000-0000-0000-0000-000000000001', 'order-events', (n %% 3)::integer, n, l.id,
        'audit-2025-01-15.jsonl', n * 900, 899, t.at, t.at, 'order-' || n / %2$d,
        '[["event_id","e-' || n || '"],["event_type","order.changed"]]', 'event', 'e-' || n,
        (array['order.placed', 'payment.taken', 'stock.reserved', 'invoice.issued', 'parcel.packed',
          'parcel.sent', 'parcel.delivered', 'order.completed'])[n %% 8 + 1],
        (array['shop-api', 'payment-agent', 'stock-agent', 'invoice-agent'])[n %% 4 + 1],
        '%4$s-' || n / %2$d,
        case when n %% %2$d = 0 then 'api-place-' || n else 'e-' || (n - 1) end, t.at,
        '{"correlation_id":"%4$s-' || n / %2$d || '"}',
        '{"order_id":"order-' || n / %2$d || '","owner_id":"user-' || n %% 20000
          || '","note":"Please leave it with the neighbour","total":' || n %% 500 || '.50}',
        array[hashint8extended(n / %2$d, 1), hashint8extended(n %% 20000, 2), n %% 500]
      from audit.logs l, generate_series(%1$d::bigint, %3$d) n,
        lateral (select timestamptz '2025-01-01' + n * interval '100 milliseconds' as at) t
      where l.directory = 'generated'""";

  @Override
  public String name() {
    return "audit-lookup";
  }

  @Override
  public List<Target> run(Arguments arguments, Report report) throws Exception {
    Path folder = Files.createTempDirectory("event-agents-audit-lookup");
    try (ChildJvm broker = BrokerProcess.start();
        Database database = Database.start();
        Application few = start("few", broker, database, folder);
        Application many = start("many", broker, database, folder);
        HttpClient client = HttpClient.newHttpClient()) {
      fill(database, "few", FEW, report);
      fill(database, "many", arguments.number("lookup-events"), report);
      Lookups ofFew = new Lookups(client, few, FEW);
      Lookups ofMany = new Lookups(client, many, arguments.number("lookup-events"));
      return measure(ofFew, ofMany, arguments, report);
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static Application start(String name, ChildJvm broker, Database database, Path folder)
      throws Exception {
    List<String> settings = new ArrayList<>(database.arguments(name));
    settings.add("--bench.index=false");
    settings.add("--spring.kafka.bootstrap-servers=" + broker.announcement());
    settings.add("--audit.directory=" + folder.resolve(name + "-log"));
    settings.add("--spring.cloud.stream.bindings.auditLog-in-0.destination=none-" + name);
    return Application.start(ExecutableJar.AUDIT_AGENT, AuditVariant.class, name, folder, settings);
  }

  /** Creates the indexes after the rows, which is many times faster, with the same result. */
  private static void fill(Database database, String name, int events, Report report)
      throws SQLException {
    long begun = System.nanoTime();
    try (Connection connection = database.connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute("set maintenance_work_mem = '1GB'");
      statement.execute("set synchronous_commit = off");
      List<String> indexes = new ArrayList<>();
      List<String> names = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "select indexdef, indexname from pg_indexes where schemaname = 'audit'"
                  + " and tablename = 'records' and indexname <> 'records_pkey'")) {
        while (row.next()) {
          indexes.add(row.getString(1));
          names.add(row.getString(2));
        }
      }
      for (String index : names) {
        statement.execute("drop index audit." + index);
      }
      statement.execute("alter table audit.records drop constraint records_pkey");
      // Reading, which alone is measured, is the same without a write-ahead log.
      statement.execute("alter table audit.records set unlogged");
      statement.execute(
          "insert into audit.logs (log_id, directory) values (gen_random_uuid(), 'generated')");
      int small = events - events / 10;
      statement.execute(ROWS.formatted(0, OF_A_CHAIN, small - 1, "req"));
      // A tenth of the events are in chains as long as a page.
      statement.execute(ROWS.formatted(small, ON_A_PAGE, events - 1, "page"));
      report.progress("%s: %,d rows after %d s", name, events, seconds(begun));
      statement.execute(
          "alter table audit.records add primary key (topic_id, topic, partition, \"offset\")");
      for (String index : indexes) {
        statement.execute(index);
      }
      statement.execute("vacuum analyze audit.records");
      statement.execute("checkpoint");
      report.progress("%s: indexed after %d s", name, seconds(begun));
    }
  }

  private static long seconds(long since) {
    return (System.nanoTime() - since) / 1_000_000_000;
  }

  private static List<Target> measure(Lookups few, Lookups many, Arguments arguments, Report report)
      throws Exception {
    int requests = arguments.number("lookup-requests");
    List<Double> p50OfFew = new ArrayList<>();
    List<Double> p99OfFew = new ArrayList<>();
    List<Double> p50OfMany = new ArrayList<>();
    List<Double> p99OfMany = new ArrayList<>();
    List<Double> pages = new ArrayList<>();
    List<Double> slices = new ArrayList<>();
    List<Double> lists = new ArrayList<>();
    for (int n = 1 - arguments.number("warm-up"); n <= arguments.number("rounds"); n++) {
      // In turns, so that both suffer the same disturbances.
      List<Long> timesOfFew = new ArrayList<>();
      List<Long> timesOfMany = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        timesOfFew.add(few.chain());
        timesOfMany.add(many.chain());
      }
      List<Long> timesOfPages = new ArrayList<>();
      List<Long> timesOfSlices = new ArrayList<>();
      List<Long> timesOfLists = new ArrayList<>();
      for (int i = 0; i < requests / 10; i++) {
        timesOfPages.add(many.page("/chains/"));
        timesOfSlices.add(many.page("/audit/chains/"));
        timesOfLists.add(many.list());
      }
      Percentiles ofFew = Percentiles.of(timesOfFew);
      Percentiles ofMany = Percentiles.of(timesOfMany);
      Percentiles ofPages = Percentiles.of(timesOfPages);
      report.progress(
          "%s: chain p99 %.1f ms among few, %.1f ms among many; page p99 %.1f ms",
          n < 1 ? "warm-up" : "round " + n, ofFew.p99(), ofMany.p99(), ofPages.p99());
      if (n > 0) {
        p50OfFew.add(ofFew.p50());
        p99OfFew.add(ofFew.p99());
        p50OfMany.add(ofMany.p50());
        p99OfMany.add(ofMany.p99());
        pages.add(ofPages.p99());
        slices.add(Percentiles.of(timesOfSlices).p99());
        lists.add(Percentiles.of(timesOfLists).p99());
      }
    }
    report.heading("Looking up in the audit");
    report.paragraph(
        "%d rounds of %,d requests in turns, over HTTP, chains at random. Median of the rounds (least to greatest), ms.",
        p99OfFew.size(), requests);
    Spread ratio = Ratios.of(p99OfMany, p99OfFew);
    report.table(
        List.of("request", "p50", "p99", "p99 times that among few"),
        List.of(
            row("chain of 8 among " + count(FEW), p50OfFew, p99OfFew, "1.00"),
            row("chain of 8 among " + count(many.events), p50OfMany, p99OfMany, ratio.format(2)),
            row("page of a chain of 200", List.of(), pages, ""),
            row("the same as JSON", List.of(), slices, ""),
            row("list of 50 chains, JSON", List.of(), lists, "")));
    return List.of(
        Target.atMost(1.5, "audit lookup: p99 times that among few", ratio.median()),
        Target.atMost(
            150, "audit page of a chain with 200 events, p99, ms", Spread.of(pages).median()));
  }

  private static String count(int events) {
    return String.format(Locale.ROOT, "%,d", events);
  }

  private static String[] row(String label, List<Double> p50, List<Double> p99, String ratio) {
    return new String[] {
      label, p50.isEmpty() ? "" : Spread.of(p50).format(1), Spread.of(p99).format(1), ratio
    };
  }

  /** Requests for random chains; requests for the same ones would be answered from a cache. */
  private static final class Lookups {

    private final SplittableRandom random = new SplittableRandom(1);
    private final HttpClient client;
    private final Application application;
    private final int events;

    Lookups(HttpClient client, Application application, int events) {
      this.client = client;
      this.application = application;
      this.events = events;
    }

    long chain() throws Exception {
      int chains = (events - events / 10) / OF_A_CHAIN;
      return time("/audit/chains/req-" + random.nextInt(chains), "\"depth\":7");
    }

    long page(String path) throws Exception {
      int first = (events - events / 10) / ON_A_PAGE + 1;
      return time(path + "page-" + random.nextInt(first, events / ON_A_PAGE), "order.completed");
    }

    long list() throws Exception {
      return time("/audit/chains?limit=50", "next_cursor");
    }

    private long time(String path, String expected) throws Exception {
      HttpRequest request = HttpRequest.newBuilder(application.address().resolve(path)).build();
      long begun = System.nanoTime();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      long taken = System.nanoTime() - begun;
      if (response.statusCode() != 200 || !response.body().contains(expected)) {
        throw new IllegalStateException(
            "%s was answered with %d: %s".formatted(path, response.statusCode(), response.body()));
      }
      return taken;
    }
  }
}
