package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeadLetterPagesTests extends ConsoleTests {

  private static final Pattern WORK = Pattern.compile("/letter-works/[0-9a-f-]{36}");
  private static final Pattern LETTER = Pattern.compile("/letters/invoicing/(\\d+-\\d+)");

  @Test
  void groupsLettersByAgentAndReason() throws Exception {
    refuse("dead-1", "order-1", "no such supplier");
    refuse("dead-2", "order-2", "no such supplier");
    refuse("dead-3", "order-3", "<script>alert(1)</script>");

    String page = get("/letters").body();

    assertThat(page).contains("invoicing", "order.placed", "no such supplier", "&lt;script&gt;");
    assertThat(page).doesNotContain("<script>");
    assertThat(row(page, "no such supplier")).contains("data-label=\"Open\">2<");
  }

  @Test
  void showsALetterWithItsReason() throws Exception {
    refuse("look-1", "order-look", "no address of kim@example.com");

    String list = get("/letters?agent=invoicing&reason=no%20address").body();
    String letter = get(first(LETTER, list)).body();

    assertThat(letter)
        .contains(
            "no address of ••••", "&quot;order_id&quot;: &quot;order-look&quot;", "/chains/look-1")
        .contains("order-events/", "Replay…", "Discard…")
        .doesNotContain("kim@example.com");
    assertThat(get("/letters/invoicing/0-99999999").statusCode()).isEqualTo(404);
    assertThat(get("/letters/invoicing/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void showsFirstWhatAReplayWouldDoAndThenWhatTheLogConfirms() throws Exception {
    refuse("again-1", "order-again-1", "ledger closed");
    refuse("again-2", "order-again-2", "ledger closed");
    Invoicing.REFUSED.remove("order-again-1");
    String selection = "action=replay&agent=invoicing&reason=ledger%20closed";

    String plan = post("/letters/plan", selection).body();
    assertThat(plan).contains("Replay 2 letters?", "A dry run");
    assertThat(count("delivery.replayed", "again-1")).isZero();

    HttpResponse<String> begun = post("/letter-works", selection + "&why=opened%20again");
    assertThat(begun.statusCode()).isIn(302, 303);
    String work = first(WORK, begun.headers().firstValue("Location").orElseThrow());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(get(work).body()).contains("<b>Done.</b>"));
    assertThat(get(work).body())
        .contains("opened again", "confirmed by <code>delivery.replayed</code>")
        .containsPattern("failed again</dt><dd><span class=\"chip failed\">1<")
        .containsPattern("replayed</dt><dd><span class=\"chip complete\">1<");
    assertThat(count("invoice.issued", "again-1")).isEqualTo(1);
    assertThat(get("/chains/again-1").body()).contains("chip complete", "– settled");
    assertThat(get("/chains/again-2").body()).contains("failed at invoicing");
    assertThat(get(work + "?live=true").body()).doesNotContain("<html", "hx-get");
  }

  @Test
  void discardsOnlyTheSelectedLetters() throws Exception {
    refuse("drop-1", "order-drop-1", "obsolete");
    refuse("drop-2", "order-drop-2", "obsolete");
    Matcher ids = LETTER.matcher(get("/letters?agent=invoicing&reason=obsolete").body());
    assertThat(ids.find()).isTrue();
    String selection = "action=discard&agent=invoicing&id=" + ids.group(1);

    assertThat(post("/letters/plan", selection).body()).contains("Discard 1 letter?");
    String work =
        first(
            WORK, post("/letter-works", selection).headers().firstValue("Location").orElseThrow());

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(get(work).body())
                    .contains("<b>Done.</b>")
                    .containsPattern("discarded</dt><dd><span class=\"chip complete\">1<"));
    assertThat(count("delivery.discarded", "drop-1") + count("delivery.discarded", "drop-2"))
        .isEqualTo(1);
    assertThat(get("/letters?agent=invoicing&reason=obsolete").body()).contains("1 letter<");
  }

  @Test
  void refusesInvalidForms() throws Exception {
    assertThat(post("/letters/plan", "action=replay").statusCode()).isEqualTo(400);
    for (String index : new String[] {"id%5Bx%5D=1", "id%5B12=1", "id%5B0%5D.x=1"}) {
      assertThat(post("/letters/plan", "action=replay&agent=invoicing&" + index).statusCode())
          .as(index)
          .isLessThan(500);
    }
    assertThat(post("/letters/plan", "action=burn&agent=invoicing").statusCode()).isEqualTo(400);
    assertThat(post("/letter-works", "action=replay&agent=a&until=soon").statusCode())
        .isEqualTo(400);
    assertThat(get("/letter-works/none").statusCode()).isEqualTo(404);
    // An agent may have any name.
    assertThat(get("/letters/work/0-1").body()).contains("work 0-1");
    assertThat(get("/letters?agent=nobody").body()).contains("No dead letters left");
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }

  private static String row(String page, String text) {
    int at = page.indexOf(text);
    return page.substring(page.lastIndexOf("<tr>", at), page.indexOf("</tr>", at));
  }
}
