package io.eventagents.audit.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ChainPagesTests extends ConsoleTests {

  private static final String SCRIPT =
      "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&";

  @Test
  void listsChainsTheLatestFirst() throws Exception {
    Instant now = Clock.systemUTC().instant();
    log(
        LoggedEvent.of("list-1", "list-1-a", "task.created", "api-1")
            .at(now.minusSeconds(2).toString())
            .keyed("task-of-list-1")
            .from("orchestrator-agent"),
        LoggedEvent.of("list-1", "list-1-b", "notification.sent", "list-1-a")
            .at(now.minusSeconds(1).toString())
            .from("notification-email"),
        LoggedEvent.of("list-2", "list-2-a", "order.placed", "api-1").at(now.toString()));

    String page = get("/").body();

    assertThat(page.indexOf("/chains/list-2"))
        .isPositive()
        .isLessThan(page.indexOf("/chains/list-1"));
    assertThat(row(page, "list-1"))
        .contains("task.created", "task-of-list-1", "orchestrator-agent", "notification-email")
        .contains("2 events · 1.0 s", "chip complete");
  }

  @Test
  void tellsOfNewChainsWithoutMovingTheListed() throws Exception {
    Instant now = Clock.systemUTC().instant().plus(Duration.ofDays(1));
    log(LoggedEvent.of("live-1", "live-1-a", "a.done", "api-1").at(now.toString()));
    String page = get("/").body();
    String live = attribute(page, "hx-get").replace("&amp;", "&");

    assertThat(get(live).statusCode()).isEqualTo(204);
    log(
        LoggedEvent.of("live-2", "live-2-a", "a.done", "api-1").at(now.plusSeconds(1).toString()),
        LoggedEvent.of("live-3", "live-3-a", "a.done", "api-1").at(now.plusSeconds(2).toString()));
    HttpResponse<String> update = get(live);
    assertThat(update.body()).contains("2 new", "/chains/live-1").doesNotContain("/chains/live-2");
    String after = attribute(update.body(), "hx-get").replace("&amp;", "&");
    assertThat(get(after).statusCode()).isEqualTo(204);
    log(
        LoggedEvent.of("live-1", "live-1-b", "a.done", "live-1-a")
            .at(now.plusSeconds(3).toString()));
    assertThat(row(get(after).body(), "live-1")).contains("2 events · 3.0 s");
  }

  @Test
  void pagesThroughChains() throws Exception {
    log(
        IntStream.range(0, 70)
            .mapToObj(
                i ->
                    LoggedEvent.of("page-" + i, "page-" + i, "a.done", "api-1")
                        .at("2001-01-01T00:00:%02dZ".formatted(i / 2)))
            .toArray(LoggedEvent[]::new));

    String page = get("/").body();
    StringBuilder seen = new StringBuilder(page);
    while (page.contains("rel=\"next\"")) {
      page =
          get(attribute(page.substring(page.indexOf("class=\"pages\"")), "href=\"/?before")
                  .replace("&amp;", "&"))
              .body();
      seen.append(page);
    }

    for (int i = 0; i < 70; i++) {
      assertThat(seen.toString().split("href=\"/chains/page-" + i + "\"", -1))
          .as("page-" + i)
          .hasSize(2);
    }
    assertThat(page).doesNotContain("/chains/live");
  }

  @Test
  void searchLeadsToWhatAnIdNames() throws Exception {
    log(
        LoggedEvent.of("find-1", "find-1-a", "a.done", "api-find")
            .keyed("entity-77")
            .with("{\"note\":\"Blue Whale\"}"),
        LoggedEvent.of("find/2", "find-2-a", "a.done", "api-find"));

    assertThat(get("/?q=find-1").headers().firstValue("Location").orElseThrow())
        .endsWith("/chains/find-1");
    assertThat(get("/?q=find%2F2").headers().firstValue("Location").orElseThrow())
        .endsWith("/chains?correlation_id=find%2F2");
    assertThat(get("/?q=find-1-a").headers().firstValue("Location").orElseThrow())
        .endsWith("/events/find-1-a");
    assertThat(get("/?q=entity-77").body()).contains("/chains/find-1");
    assertThat(get("/?q=blue%20whale").body()).contains("/chains/find-1");
    assertThat(get("/?q=" + encoded("100%_\\'")).body()).contains("No event has this");
    assertThat(get("/?q=" + encoded(SCRIPT)).body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>", "<img");
    assertThat(get("/?before=nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void showsAChainAsATreeAndAsASequence() throws Exception {
    log(
        LoggedEvent.of("story", "s-1", "task.created", "api-create-1").from("orchestrator-agent"),
        LoggedEvent.of("story", "s-2", "notification.sent", "s-1")
            .from("notification-email")
            .at("2025-01-15T14:30:23.5Z"),
        LoggedEvent.of("story", "s-3", "email.delivered", "s-2")
            .from("delivery-receipts")
            .at("2025-01-15T14:35:23.5Z"));

    HttpResponse<String> response = get("/chains/story");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(response.body())
        .contains("3 events", "3 agents", "over 5 min 1 s", "chip complete")
        .contains("id=\"event-s-2\"", "href=\"/events/s-2\"", "+1.5 s");
    assertThat(response.body().split("aria-level=\"2\"", -1)).hasSize(2);
    String svg = svg(response.body());
    assertThat(svg)
        .contains("orchestrator-", "notification-", "delivery-", "notification.sent", "5 min 0 s")
        .contains("href=\"#event-s-3\"");
  }

  @Test
  void linksItsTraces() throws Exception {
    String recorded = "4bf92f3577b34da6a3ce929d0e0e4736";
    String other = "5bf92f3577b34da6a3ce929d0e0e4736";
    log(
        LoggedEvent.of("traced", "t-1", "a.done", "api-1")
            .header("traceparent", "00-" + recorded + "-00f067aa0ba902b7-01"),
        LoggedEvent.of("traced", "t-2", "b.done", "t-1")
            .header("traceparent", "00-" + other + "-00f067aa0ba902b7-00"));

    assertThat(get("/chains/traced").body())
        .contains("href=\"http://traces.example/" + recorded + "\"", other)
        .doesNotContain("http://traces.example/" + other);
    assertThat(get("/events/t-1").body()).contains("http://traces.example/" + recorded);
  }

  @Test
  void drawsNoEffectAboveItsCause() throws Exception {
    log(
        LoggedEvent.of("skewed", "k-1", "a.done", "api-1").at("2025-01-15T14:30:25Z"),
        LoggedEvent.of("skewed", "k-2", "b.done", "k-1").at("2025-01-15T14:30:20Z"));

    String page = get("/chains/skewed").body();

    assertThat(page).contains("−5.0 s");
    String svg = svg(page);
    assertThat(svg.indexOf("b.done from")).isGreaterThan(svg.indexOf("a.done from"));
  }

  @Test
  void marksAMissingCauseUntilItArrives() throws Exception {
    log(LoggedEvent.of("gap", "g-2", "b.done", "g-1"));
    assertThat(get("/chains/gap").body())
        .contains("its cause g-1 is not logged", "class=\"missing\"");

    log(LoggedEvent.of("gap", "g-1", "a.done", "api-1"));

    assertThat(get("/chains/gap").body())
        .doesNotContain("is not logged")
        .contains("aria-level=\"2\"");
  }

  @Test
  void showsWhatAChainWaitsForAndByWhen() throws Exception {
    log(
        LoggedEvent.of("wait", "w-1", "reminder.scheduled", "api-1")
            .with("{\"reminder_id\":\"r-1\",\"remind_at\":\"2999-12-01T14:30:00Z\"}"));

    assertThat(get("/chains/wait").body())
        .contains("waiting for reminder.due until 1 Dec 2999 14:30", "class=\"awaited\"");

    log(LoggedEvent.of("wait", "w-2", "reminder.due", "w-1").with("{\"reminder_id\":\"r-1\"}"));

    assertThat(get("/chains/wait").body()).contains("chip complete").doesNotContain("awaited\"");
  }

  @Test
  void showsThatAReminderWasSnoozedByAnotherRequest() throws Exception {
    log(
        LoggedEvent.of("snoozed", "z-1", "reminder.scheduled", "api-1")
            .with("{\"reminder_id\":\"r-z\",\"remind_at\":\"2025-01-15T15:00:00Z\"}"));
    assertThat(get("/chains/snoozed").body()).contains("overdue: reminder.due");

    log(
        LoggedEvent.of("snoozing", "z-2", "reminder.rescheduled", "api-snooze-r-z")
            .with("{\"reminder_id\":\"r-z\",\"remind_at\":\"2999-12-01T14:30:00Z\"}"));

    assertThat(get("/chains/snoozed").body()).contains("chip complete");
    assertThat(get("/chains/snoozing").body())
        .contains("waiting for reminder.due until 1 Dec 2999");
    assertThat(row(get("/?q=r-z").body(), "snoozed")).contains("chip complete");
  }

  @Test
  void showsWhatIsOverdue() throws Exception {
    log(LoggedEvent.of("late", "late-1", "task.created", "api-1"));

    assertThat(get("/chains/late").body())
        .contains("overdue: notification.sent", "expected by 2025-01-15T14:30:52Z");
  }

  @Test
  void showsWhereAChainFailedUntilThatIsSettled() throws Exception {
    log(
        LoggedEvent.of("fail", "f-1", "order.placed", "api-1"),
        LoggedEvent.of("fail", "f-2", "delivery.failed", "f-1")
            .from("invoice-agent")
            .with(
                "{\"agent\":\"invoice-agent\",\"event_id\":\"f-1\",\"reason\":\"no such customer\",\"attempts\":3}"));

    assertThat(get("/chains/fail").body())
        .contains(
            "failed at invoice-agent",
            "no such customer",
            "(3 attempts)",
            "class=\"event failed\"");

    log(
        LoggedEvent.of("fail", "f-3", "delivery.replayed", "f-2")
            .from("invoice-agent")
            .with("{\"agent\":\"invoice-agent\",\"event_id\":\"f-1\"}"));

    assertThat(get("/chains/fail").body()).contains("chip complete", "– settled");
  }

  @Test
  void showsTheBeginningOfALongReason() throws Exception {
    String reason = "+1@" + "a".repeat(300_000) + "END";
    log(
        LoggedEvent.of("endless", "endless-1", "task.created", "api-1").keyed("entity-of-endless"),
        LoggedEvent.of("endless", "endless-2", "notification.failed", "endless-1")
            .with("{\"reason\":\"550 %s\",\"attempts\":3}".formatted("b".repeat(300_000))),
        LoggedEvent.of("endless", "endless-3", "notification.failed", "endless-1")
            .with("{\"reason\":\"%s\",\"attempts\":3}".formatted(reason)));

    for (String page : new String[] {"/chains/endless", "/?q=entity-of-endless"}) {
      HttpResponse<String> response = get(page);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body())
          .contains("endless")
          .doesNotContain("END", "b".repeat(1001))
          .hasSizeLessThan(200_000);
    }
    // Nothing behind such a reason is read.
    assertThat(get("/chains/endless").body()).contains("550 bbbb", "b…");
  }

  @Test
  void updatesItselfWhileMoreIsExpected() throws Exception {
    log(LoggedEvent.of("run", "run-1", "a.done", "api-1"));
    String live = attribute(get("/chains/run").body(), "hx-get").replace("&amp;", "&");

    assertThat(live).startsWith("/chains/events?correlation_id=run");
    assertThat(get(live).statusCode()).isEqualTo(204);
    log(LoggedEvent.of("run", "run-2", "b.done", "run-1"));
    assertThat(get(live).body()).contains("b.done", "id=\"chain\"").doesNotContain("<html");
  }

  @Test
  void pagesThroughTenThousandEvents() throws Exception {
    log(
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    LoggedEvent.of("long", "l" + i, "a.done", i == 0 ? "api-1" : "l" + (i - 1) / 3)
                        .from("agent-" + i % 5))
            .toArray(LoggedEvent[]::new));

    HttpResponse<String> first = get("/chains/long");
    String last = get("/chains/long?page=50").body();
    String deep = get("/chains/long?event=l9999").headers().firstValue("Location").orElseThrow();

    assertThat(first.body().split("aria-level=", -1)).hasSize(201);
    assertThat(first.body()).contains("10,000 events", "Page 1 of 50");
    assertThat(last).contains("Page 50 of 50").doesNotContain("rel=\"next\"");
    assertThat(get(deep.substring(deep.indexOf("/chains"), deep.indexOf('#'))).body())
        .contains("id=\"event-l9999\"");
  }

  @Test
  void takesIdsOfAnyCharacters() throws Exception {
    String strange = "a/b;c %2F?#\\ü";
    log(LoggedEvent.of(strange, strange + "-id", "a.done", "api-1"));

    String page = get("/chains?correlation_id=" + encoded(strange)).body();

    assertThat(page).contains("a.done", "/events?event_id=" + encoded(strange + "-id"));
    assertThat(get("/events?event_id=" + encoded(strange + "-id")).body()).contains("a.done");
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  @Test
  void saysThatAChainIsUnknown() throws Exception {
    HttpResponse<String> response = get("/chains/" + encoded("<script>"));

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(response.body())
        .contains("&lt;script&gt;", "No event of this chain is logged yet")
        .doesNotContain("<script>");
    assertThat(get("/events/never").statusCode()).isEqualTo(404);
  }

  @Test
  void trustsNothingThatAnEventSays() throws Exception {
    log(
        LoggedEvent.of("evil", SCRIPT + "id", SCRIPT + ".done", SCRIPT + "cause")
            .from(SCRIPT)
            .keyed(SCRIPT)
            .with("{\"" + "<b>" + "\":\"" + SCRIPT.replace("\"", "\\\"") + "\"}")
            .header(SCRIPT, SCRIPT)
            .header("source", "javascript:alert(1)"),
        LoggedEvent.of("evil", "evil-2", "delivery.failed", SCRIPT + "id")
            .with("{\"reason\":\"" + SCRIPT.replace("\"", "\\\"") + "\"}"));

    for (String page :
        new String[] {
          "/",
          "/chains/evil",
          "/events?event_id=" + encoded(SCRIPT + "id"),
          "/?q=" + encoded("onerror=alert")
        }) {
      HttpResponse<String> response = get(page);
      assertThat(response.statusCode()).as(page).isEqualTo(200);
      assertThat(response.body())
          .as(page)
          .doesNotContain("<script>", "<img", "<b>:", " style=", " onclick=", "\"javascript:");
    }
    assertThat(get("/chains/evil").body()).contains("&lt;script&gt;", "disagree");
    svg(get("/chains/evil").body());
  }

  @Test
  void showsAnEventWithItsVerifiedLine() throws Exception {
    log(
        LoggedEvent.of("shown", "shown-1", "task.created", "shown-0")
            .with("{\"amount\":1.50,\"big\":12345678901234567890}")
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    String page = get("/events/shown-1").body();

    assertThat(page)
        .contains("shown-1", "/chains/shown", "/events/shown-0", "1.50", "12345678901234567890")
        .contains(
            "traceparent", "The payload matches its digest", "chip unchanged", ".jsonl, byte ");
    assertThat(get("/events/shown-1", "HX-Request", "true").body())
        .contains("data-close", "1.50")
        .doesNotContain("<html", "<head");
  }

  @Test
  void saysThatALineWasChanged() throws Exception {
    log(
        LoggedEvent.of("forged", "forged-1", "a.done", "api-1")
            .with("{\"amount\":\"forged-100\"}"));
    Path file;
    try (Stream<Path> files = Files.list(path)) {
      file = files.filter(one -> one.toString().endsWith(".jsonl")).sorted().toList().getLast();
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      int place = Files.readString(file, ISO_8859_1).indexOf("forged-100");
      bytes.seek(place);
      bytes.write("forged-999".getBytes(ISO_8859_1));

      assertThat(get("/events/forged-1").body())
          .contains("chip changed", "does not match its digest");

      bytes.seek(place);
      bytes.write("forged-100".getBytes(ISO_8859_1));
    }
  }

  @Test
  void showsRecordsThatAreNoEvents() throws Exception {
    long text = log("<script>no json".getBytes(UTF_8), new RecordHeaders());
    long bytes = log(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}, new RecordHeaders());
    long nothing = log(null, new RecordHeaders());
    long deep =
        log(
            ("{\"data\":" + "[".repeat(2000) + "]".repeat(2000) + "}").getBytes(UTF_8),
            new RecordHeaders());

    assertThat(get(record(text)).body())
        .contains("unreadable", "&lt;script&gt;no json", "as text")
        .doesNotContain("<script>");
    assertThat(get(record(bytes)).body()).contains("ff fe 00 01", "as bytes");
    assertThat(get(record(nothing)).body()).contains("unreadable", "chip unchanged");
    assertThat(get(record(deep)).body()).contains("[[[[");
    assertThat(get("/records/nonsense/0/0").statusCode()).isEqualTo(404);
    assertThat(get("/").body()).doesNotContain("<script>");
  }

  @Test
  void shortensLongDataAndLinksAllOfThem() throws Exception {
    String megabyte = "x".repeat(1024 * 1024);
    log(
        LoggedEvent.of("large", "large-1", "a.done", "api-1")
            .with("{\"text\":\"" + megabyte + "\"}"));

    String page = get("/events/large-1").body();
    HttpResponse<String> whole = get(attribute(page.substring(page.indexOf("Shortened")), "href"));

    assertThat(page).hasSizeLessThan(60_000).contains("Shortened");
    assertThat(whole.body()).contains(megabyte);
    assertThat(whole.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
  }

  private static String record(long offset) {
    return "/records/" + TOPIC + "/0/" + offset;
  }

  private static String row(String page, String chain) {
    int start = page.indexOf("href=\"/chains/" + chain + "\"");
    return page.substring(start, page.indexOf("</li>", start));
  }

  /** The value of the first attribute whose text starts like this. */
  private static String attribute(String page, String start) {
    int quote = page.indexOf('"', page.indexOf(start.contains("\"") ? start : start + "=\""));
    return page.substring(quote + 1, page.indexOf('"', quote + 1));
  }

  /** The drawing, which must be well-formed. */
  private static String svg(String page) throws Exception {
    String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + 6);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    return svg;
  }
}
