package io.eventagents.audit.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SystemPagesTests extends ConsoleTests {

  private static final String OWNER = "user-of-nobody-else";

  @Autowired Clock clock;

  @Test
  void drawsTheFlowOfEventsFromTheLog() throws Exception {
    Instant now = clock.instant().minusSeconds(20);
    log(
        LoggedEvent.of("sys", "sys-1", "parcel.packed", "api-1")
            .from("<packing>")
            .at(now.toString()),
        LoggedEvent.of("sys", "sys-2", "parcel.sent", "sys-1")
            .from("courier")
            .at(now.plusSeconds(2).toString()),
        LoggedEvent.of("sys", "sys-3", "delivery.failed", "sys-1")
            .from("courier")
            .at(now.plusSeconds(2).toString()));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(get("/agents").body())
                    .contains("&lt;packing&gt; to courier: parcel.packed (2)")
                    .contains("Time per event of courier: 2.0 s", "Errors of courier: 1")
                    .contains("calls to &lt;packing&gt;: parcel.packed")
                    .doesNotContain("<packing>"));
    assertThat(get("/agents", "HX-Request", "true").body()).doesNotContain("<html");
  }

  @Test
  void saysThatLagIsUnknownWithoutABroker() {
    assertThat(new GroupLags(null).of(List.of("invoicing"))).isNull();
  }

  @Test
  void showsBothVerdictsAndVerifiesNow() throws Exception {
    log(LoggedEvent.of("proof", "proof-1", "a.done", "api-1"));

    HttpResponse<String> asked = post("/evidence", "");

    assertThat(asked.statusCode()).isIn(302, 303);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(get("/evidence").body())
                    .contains("Unchanged", "Complete", "lines in", "Verify now")
                    .contains("chip good\">yes"));
    assertThat(get("/evidence", "HX-Request", "true").body()).doesNotContain("<html");
  }

  @Test
  void masksWhatIsPersonalOnEveryPage() throws Exception {
    String data =
        "{\"task_id\":\"task-masked\",\"title\":\"Review\",\"owner_id\":\"" + OWNER + "\"}";
    long masked =
        log(
            LoggedEvent.of("mask", "mask-1", "task.created", "api-1")
                .with(data)
                .header("owner", "for " + OWNER));
    log(
        LoggedEvent.of("mask", "mask-2", "notification.failed", "mask-1")
            .with("{\"recipient\":\"" + OWNER + "\",\"reason\":\"no address of " + OWNER + "\"}"));
    String record = get("/events/mask-1").body();
    String whole = get("/records/" + TOPIC + "/0/" + masked + "/content").body();

    for (String page :
        List.of(
            "/",
            "/chains/mask",
            "/events/mask-1",
            "/events/mask-2",
            "/?q=task-masked",
            "/events/mask-1?seesPersonal=true&viewer.seesPersonal=true")) {
      assertThat(get(page).body()).as(page).doesNotContain(OWNER);
    }
    assertThat(record).contains("••••", "task-masked", "personal data masked");
    assertThat(get("/chains/mask").body()).contains("no address of ••••");
    assertThat(whole).contains("Review").doesNotContain(OWNER);
  }

  @Test
  void aBrowserGetsAPageForWhatIsNotThere() throws Exception {
    String browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    var page = get("/%3Cnever", "Accept", browser);
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
    assertThat(page.headers().firstValue("Content-Security-Policy")).hasValue(ConsoleModel.POLICY);
    assertThat(page.body())
        .contains("<h1>Not Found</h1>", "There is no such page.", "%3Cnever", "Dead letters");
    var chain = get("/chains", "Accept", browser);
    assertThat(chain.statusCode()).isEqualTo(400);
    assertThat(chain.body()).contains("<h1>Bad Request</h1>", "correlation_id");

    var unfit = get("/chains/req-1?page=abc", "Accept", browser);
    assertThat(unfit.statusCode()).isEqualTo(400);
    assertThat(unfit.body()).contains("page cannot be &#39;abc&#39;");

    String java = "text/html, image/gif, image/jpeg, */*; q=0.2";
    assertThat(get("/never", "Accept", java).headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
    var notRead = get("/letters/plan", "Accept", browser);
    assertThat(notRead.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(get("/never", "Accept", "*/*").headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
    assertThat(get("/audit/chains?limit=0", "Accept", browser).headers().firstValue("Content-Type"))
        .hasValue("application/problem+json");
  }
}
