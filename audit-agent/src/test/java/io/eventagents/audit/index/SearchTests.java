package io.eventagents.audit.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eventagents.ReceivedRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchTests {

  private static final String TIME = "2025-01-15T10:00:00Z";
  private static final String LONG_TEXT = "word ".repeat(10_000) + "atTheEnd";

  @TempDir static Path path;

  private static IndexedLog.Database database;
  private static IndexedLog log;

  @BeforeAll
  static void index() {
    database = IndexedLog.Database.create("audit_search");
    log = IndexedLog.in(path, database);
    log.accept(
        log.event(
            "req/with slash",
            "order-event",
            "order.placed",
            "api-place-1",
            TIME,
            """
            {"owner_id":"User-456","total":1234.50,"express":true,"note":null,
             "customer":{"email":"kim@company.com","address":{"city":"Zürich"}},
             "items":[{"sku":"A-1","tags":["new","SALE"]},{"sku":"B-2"}],
             "text":"Review the quarterly report, please! (<b>456</b>)"}"""),
        log.event(
            "req-2", "long-event", "text.sent", null, TIME, "{\"text\":\"" + LONG_TEXT + "\"}"),
        log.event("req-3", "scalar-event", "text.sent", "order-event", TIME, "\"only a text\""),
        log.event(
            "req-4",
            "deep-event",
            "text.sent",
            null,
            TIME,
            "[".repeat(200) + "{\"deep\":\"down\"}" + "]".repeat(200)));
    ReceivedRecord traced =
        log.event("req-5", "traced-event", "text.sent", "unlogged-event", TIME, "{}");
    traced
        .record()
        .headers()
        .add(
            "traceparent",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(UTF_8));
    log.accept(traced);
  }

  @AfterAll
  static void close() throws IOException {
    log.close();
  }

  @ParameterizedTest
  @CsvSource({
    ",User-456",
    ",user-456",
    "owner_id,USER-456",
    ",1234.50",
    "total,1234.50",
    "express,true",
    ",kim@company.com",
    "email,kim@company.com",
    "customer.email,kim@company.com",
    "customer.address.city,zürich",
    "city,ZÜRICH",
    ",a-1",
    "sku,B-2",
    "items.sku,A-1",
    "tags,sale",
    "items.tags,new",
    ",quarterly",
    ",report"
  })
  void findsAnEventByAnyValueWithinItsData(@Nullable String field, String value) {
    RecordFilter filter =
        field == null ? RecordFilter.of(Criterion.VALUE, value) : ofField(field, value);

    assertThat(ids(filter)).containsExactly("order-event");
  }

  @ParameterizedTest
  @CsvSource({
    "owner_id,1234.50",
    "email,company.com",
    "address,Zürich",
    "text,quarterly",
    ",1234.5",
    ",Review the",
    ",null"
  })
  void findsNothingByATextThatIsNotAValue(@Nullable String field, String value) {
    assertThat(ids(field == null ? RecordFilter.of(Criterion.VALUE, value) : ofField(field, value)))
        .isEmpty();
  }

  @Test
  void findsTextsByTheirWordsHoweverLongTheyAre() {
    assertThat(ids(RecordFilter.of(Criterion.TEXT, "report quarterly")))
        .containsExactly("order-event");
    assertThat(ids(RecordFilter.of(Criterion.TEXT, "(<b>456</b>)"))).containsExactly("order-event");
    assertThat(ids(RecordFilter.of(Criterion.TEXT, "report monthly"))).isEmpty();
    assertThat(ids(RecordFilter.of(Criterion.TEXT, "-- ?"))).isEmpty();
    assertThat(ids(RecordFilter.of(Criterion.VALUE, LONG_TEXT))).containsExactly("long-event");
    assertThat(ids(RecordFilter.of(Criterion.TEXT, "word"))).containsExactly("long-event");
    assertThat(ids(RecordFilter.of(Criterion.VALUE, "only a text")))
        .containsExactly("scalar-event");
    assertThat(ids(ofField("deep", "down"))).containsExactly("deep-event");
  }

  @Test
  void findsEventsByCauseEntityEventAndTopic() {
    assertThat(ids(RecordFilter.of(Criterion.CAUSE, "order-event")))
        .containsExactly("scalar-event");
    assertThat(ids(RecordFilter.of(Criterion.ENTITY, "key-req-3"))).containsExactly("scalar-event");
    assertThat(ids(RecordFilter.of(Criterion.TOPIC, "task-events"))).hasSize(5);
    assertThat(ids(RecordFilter.of(Criterion.TOPIC, "task-event"))).isEmpty();
    assertThat(database.records().ancestors("scalar-event", 10).read(null, 1, 10_000).rows())
        .extracting(FoundRecord::eventId)
        .containsExactly("order-event");
  }

  @Test
  void refusesAFieldWithoutAValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecordFilter(Map.of(Criterion.FIELD, "field"), null, null, null));
  }

  @Test
  void pagesThroughAllThatAValueFinds() {
    log.accept(
        IntStream.range(0, 250)
            .mapToObj(
                i ->
                    log.event(
                        "paged-" + i,
                        "paged-" + i,
                        "page.turned",
                        null,
                        "2025-01-14T10:00:0" + i % 7 + "Z",
                        "{\"book\":\"the same\"}"))
            .toArray(ReceivedRecord[]::new));

    List<@Nullable String> ids = new ArrayList<>();
    Cursor after = null;
    List<FoundRecord> page;
    do {
      page = database.records().page(ofField("book", "the same"), after, 40, Long.MAX_VALUE).rows();
      page.forEach(found -> ids.add(found.eventId()));
      after = page.isEmpty() ? after : Cursor.after(page.getLast());
    } while (page.size() == 40);

    assertThat(ids).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void saysWhatATermIs() {
    Search search = new Search(database.records());

    assertThat(search.find(" req/with slash "))
        .contains(new Finding(Criterion.CHAIN, "req/with slash", "req/with slash"));
    assertThat(search.find("order-event"))
        .contains(new Finding(Criterion.EVENT, "order-event", "req/with slash"));
    assertThat(search.find("key-req-3")).contains(new Finding(Criterion.ENTITY, "key-req-3", null));
    assertThat(kind(search.find("api-place-1"))).isEqualTo(Criterion.CAUSE);
    assertThat(kind(search.find("unlogged-event"))).isEqualTo(Criterion.CAUSE);
    assertThat(kind(search.find("order.placed"))).isEqualTo(Criterion.TYPE);
    assertThat(kind(search.find("order-agent"))).isEqualTo(Criterion.SOURCE);
    assertThat(kind(search.find("task-events"))).isEqualTo(Criterion.TOPIC);
    assertThat(kind(search.find("kim@company.com"))).isEqualTo(Criterion.VALUE);
    assertThat(kind(search.find("Quarterly report"))).isEqualTo(Criterion.TEXT);
    Finding traced = search.find("0af7651916cd43dd8448eb211c80319c").orElseThrow();
    assertThat(ids(RecordFilter.of(traced.criterion(), traced.text())))
        .containsExactly("traced-event");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "nobody knows", "...", "'; drop table audit.records; --"})
  void saysThatThereIsNothing(String term) {
    assertThat(new Search(database.records()).find(term)).isEmpty();
  }

  private static RecordFilter ofField(String field, String value) {
    return new RecordFilter(
        Map.of(Criterion.FIELD, field, Criterion.VALUE, value), null, null, null);
  }

  private static Criterion kind(Optional<Finding> finding) {
    return finding.orElseThrow().criterion();
  }

  private static List<@Nullable String> ids(RecordFilter filter) {
    List<@Nullable String> ids = new ArrayList<>();
    database
        .records()
        .page(filter, null, 1000, Long.MAX_VALUE)
        .rows()
        .forEach(found -> ids.add(found.eventId()));
    return ids;
  }
}
