package io.eventagents.audit.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;



import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.eventagents.DeadLetterDesk;
import io.eventagents.DeadLetterDesk.Request;
import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.browser.Accessibility;
import io.eventagents.browser.Browsing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every page in Chromium: wide and narrow, light and dark, by mouse, by keys and without scripts. */
@Timeout(300)
class ConsoleBrowserTests extends ConsoleTests {

  private static final String SCRIPT =
      "<script>window.ran=1;alert(1)</script><img src=x onerror=\"window.ran=1\"><svg onload=window.ran=1>'\"&";
  private static final String IN_JSON = SCRIPT.replace("\"", "\\\"");
  private static boolean logged;

  @Autowired DeadLetterDesk desk;

  private static Browsing browsing;

  @BeforeAll
  static void start() {
    browsing = new Browsing();
  }

  @AfterAll
  static void stop() {
    browsing.close();
  }

  @BeforeEach
  void events() {
    if (logged) {
      return;
    }
    logged = true;
    story("req-abc-123");
    log(
        LoggedEvent.of("evil", SCRIPT + "1", SCRIPT + ".done", SCRIPT)
            .from(SCRIPT)
            .keyed(SCRIPT)
            .with("{\"<b>\":\"" + IN_JSON + "\",\"nested\":[{\"x\":\"" + IN_JSON + "\"}]}")
            .header(SCRIPT, SCRIPT)
            .header("source", SCRIPT + "other")
            .at(now()),
        LoggedEvent.of("evil", "evil-2", "delivery.failed", SCRIPT + "1")
            .from("agent-2")
            .with("{\"reason\":\"" + IN_JSON + "\",\"attempts\":3}")
            .at(now()));
    refuse("order-chain-1", "order-1001", "no such customer");
    refuse("order-chain-2", "order-1002", "no such customer");
    refuse("order-chain-3", "order-1003", "no such customer");
    refuse("order-chain-4", "order-1004", "the price list is of last year");
    refuse("order-chain-5", "order-1005", "the price list is of last year");
    Invoicing.REFUSED.put("parcel of order-1006", "no parcel service goes to 9999 Nowhere");
    place("order-chain-6", "order-1006");
    await().until(() -> count("delivery.failed", "order-chain-6") == 1);
  }

  /** A day in the life of a task. */
  private void story(String chain) {
    String day = "2025-01-15T14:30:";
    log(
        event(chain, 1, "task.created", "api-create-task-123", "orchestrator-agent", day + "22.456Z",
            "\"title\":\"Review quarterly report\",\"owner_id\":\"user-456\",\"priority\":2"),
        event(chain, 2, "reminder.scheduled", 1, "reminder-scheduler", day + "22.498Z",
            "\"reminder_id\":\"r-1\",\"owner_id\":\"user-456\",\"remind_at\":\"2999-01-16T14:30:00Z\""),
        event(chain, 3, "notification.sent", 1, "notification-slack", day + "22.631Z", "\"recipient\":\"#tasks\""),
        event(chain, 4, "notification.sent", 1, "notification-teams", day + "22.702Z", "\"recipient\":\"tasks\""),
        event(chain, 5, "notification.sent", 1, "notification-email", day + "22.918Z",
            "\"recipient\":\"user-456@company.com\""),
        event(chain, 6, "delivery.failed", 1, "notification-sms", day + "24.020Z",
            "\"agent\":\"notification-sms\",\"event_id\":\"" + chain + "-1\",\"reason\":\"no phone number\",\"attempts\":3"),
        event(chain, 7, "email.bounced", 5, "delivery-receipts", day + "26.104Z",
            "\"recipient\":\"user-456@company.com\",\"reason\":\"550 5.1.1 No such user\""));
  }

  private static LoggedEvent event(
      String chain, int id, String type, Object cause, String source, String at, String data) {
    return LoggedEvent.of(chain, chain + "-" + id, type, cause instanceof Integer ? chain + "-" + cause : cause.toString())
        .from(source)
        .at(at)
        .keyed("task-123")
        .with("{\"task_id\":\"task-123\"," + data + "}");
  }

  @ParameterizedTest
  @MethodSource("io.eventagents.browser.Browsing#forms")
  void everyPageIsReadableAndHarmless(int width, ColorScheme scheme) {
    Page page = open(width, scheme);
    String form = width + " " + scheme;
    refuse("evil-" + form, "evil-" + form, SCRIPT + form);

    for (String path :
        List.of(
            "/",
            "/?q=" + encoded("onerror"),
            "/chains/req-abc-123",
            "/chains/evil",
            "/chains/never",
            "/events/req-abc-123-7",
            "/events?event_id=" + encoded(SCRIPT + "1"),
            "/events/never",
            "/never",
            "/agents",
            "/letters",
            "/letters?agent=invoicing",
            "/evidence")) {
      page.navigate(path);
      Accessibility.check(page, form);
      browsing.assertHarmless(page);
    }
    page.navigate("/letters?agent=invoicing");
    page.locator("tbody a[data-row]").first().click();
    page.waitForURL("**/letters/invoicing/**");
    Accessibility.check(page, form);
    page.locator("button[value=replay]").click();
    page.waitForURL("**/letters/plan");
    Accessibility.check(page, form);
    browsing.assertHarmless(page);
    page.navigate("/chains/evil");
    page.locator("[data-row]").first().click();
    assertThat(page.locator("#details")).containsText("disagree");
    browsing.assertHarmless(page);
    page.context().close();
  }

  @Test
  void keysLeadThroughTheLists() {
    Page page = open(1280, ColorScheme.LIGHT);
    page.navigate("/");

    page.keyboard().press("/");
    assertThat(page.locator("#search")).isFocused();
    page.keyboard().type("req-abc-123");
    page.keyboard().press("Enter");
    page.waitForURL("**/chains/req-abc-123");
    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("k");
    Locator second = page.locator(".tree [data-row]").nth(1);
    assertThat(second).isFocused();
    assertThat(second.evaluate("e => getComputedStyle(e).outlineStyle")).isEqualTo("solid");
    page.keyboard().press("Enter");
    assertThat(page.locator("#details")).containsText("remind_at");
    assertThat(page.locator("#details")).containsText("The payload matches its digest");
    page.keyboard().press("Escape");
    assertThat(page.locator("#details")).isEmpty();
    assertThat(second).isFocused();
    browsing.assertHarmless(page);
  }

  @Test
  void anEventOpensFromTheDrawingAndFromItsAddress() {
    Page page = open(1280, ColorScheme.LIGHT);
    page.navigate("/chains/req-abc-123");

    page.locator("svg a[data-event='event-req-abc-123-7'] circle").click();
    assertThat(page.locator("#details")).containsText("550 5.1.1 No such user");
    page.locator("[data-close]").click();
    assertThat(page.locator("#details")).isHidden();
    page.navigate("/chains/req-abc-123#event-req-abc-123-5");
    assertThat(page.locator("[id='open-event-req-abc-123-5']")).isFocused();
    page.navigate("/events/req-abc-123-5");
    page.getByText("Show in chain").click();
    page.waitForURL("**/chains/req-abc-123#event-req-abc-123-5");
    browsing.assertHarmless(page);
  }

  @Test
  void newChainsAreToldAndMoveNothing() {
    Page page = open(1280, ColorScheme.LIGHT);
    String chain = "new-" + System.nanoTime();
    page.navigate("/");
    String first = page.locator(".chains b").first().textContent();
    page.locator(".chains [data-row]").first().focus();

    log(LoggedEvent.of(chain, chain, "order.shipped", "api-1").at(Instant.now(Clock.systemUTC()).plus(Duration.ofDays(30)).toString()));

    assertThat(page.locator(".news a")).containsText("1 new");
    assertThat(page.locator(".chains b").first()).hasText(first);
    assertThat(page.locator(".chains [data-row]").first()).isFocused();
    page.locator(".news a").click();
    assertThat(page.locator(".chains b").first()).hasText("order.shipped");
    browsing.assertHarmless(page);
  }

  @Test
  void aChainGrowsWhileItIsLookedAt() {
    Page page = open(1280, ColorScheme.LIGHT);
    String chain = "growing-" + System.nanoTime();
    log(LoggedEvent.of(chain, chain + "-1", "order.packed", "api-1").at(now()));
    page.navigate("/chains/" + chain);
    page.locator("[data-row]").first().focus();

    log(LoggedEvent.of(chain, chain + "-2", "order.shipped", chain + "-1").at(now()));

    assertThat(page.locator(".tree b").last()).hasText("order.shipped");
    assertThat(page.locator("svg .event")).hasCount(2);
    assertThat(page.locator("[data-row]").first()).isFocused();
    browsing.assertHarmless(page);
  }

  @Test
  void lettersAreReplayedAndTheLogConfirmsIt() {
    refuse("replayed-chain", "order-2001", "the till is closed");
    Invoicing.REFUSED.remove("order-2001");
    Page page = open(1280, ColorScheme.LIGHT);
    page.navigate("/letters");

    page.locator("tr", new Page.LocatorOptions().setHasText("the till is closed")).locator("a").click();
    page.locator("input[data-all]").check();
    assertThat(page.locator("input[name=id]").first()).isChecked();
    page.locator("button[value=replay]").click();
    assertThat(page.locator("h1")).hasText("Replay 1 letter?");
    page.locator("#why").fill("open again");
    page.locator("button.main").click();
    assertThat(page.locator("#progress")).containsText("Done.", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
    assertThat(page.locator("#progress")).containsText("delivery.replayed");
    assertThat(count("delivery.replayed", "replayed-chain")).isEqualTo(1);
    browsing.assertHarmless(page);
  }

  @Test
  void theLogIsVerifiedOnRequest() {
    Page page = open(1280, ColorScheme.LIGHT);
    page.navigate("/evidence");

    page.locator("form.actions button").click();

    assertThat(page.locator("section[aria-label=Unchanged] .chip"))
        .hasText("yes", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
    browsing.assertHarmless(page);
  }

  @Test
  void everythingWorksWithoutScripts() {
    refuse("scriptless-chain", "order-3001", "out of paper");
    Page page = browsing.open(uri("/").toString(), 1280, ColorScheme.LIGHT, false);
    page.navigate("/");

    page.locator("#search").fill("req-abc-123");
    page.locator("#search").press("Enter");
    page.waitForURL("**/chains/req-abc-123");
    page.locator("[data-row]").nth(1).click();
    page.waitForURL("**/events/req-abc-123-2");
    assertThat(page.locator("main")).containsText("remind_at");
    page.navigate("/letters");
    page.locator("tr", new Page.LocatorOptions().setHasText("out of paper")).locator("a").click();
    page.locator("button[value=discard]").click();
    page.locator("button.danger").click();
    page.waitForURL("**/letter-works/**");
    for (int i = 0; i < 50 && !page.locator("main").textContent().contains("Done."); i++) {
      page.getByText("Refresh").click();
    }
    assertThat(page.locator("main")).containsText("delivery.discarded");
    page.context().close();
  }

  /** For the README; where to is told by the profile. */
  @Test
  void picturesAreTaken() {
    story("req-abc-124");
    desk.carryOut(
        DeadLetterDesk.Action.DISCARD,
        new Selection("invoicing", Set.of(), null, "window.ran", null, null, Set.of(DeadLetterDesk.State.OPEN)),
        new Request("olga", null, Instant.now(Clock.systemUTC())),
        progress -> {});
    Path folder = Path.of(System.getProperty("screenshots", "target/screenshots"));
    Page page = open(1280, ColorScheme.LIGHT);
    page.setViewportSize(1280, 640);
    page.navigate("/chains/req-abc-124");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("chain.png")));
    page.setViewportSize(1280, 380);
    page.navigate("/letters");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("dead-letters.png")));
    page.setViewportSize(1280, 844);
    page.navigate("/");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("chains.png")));
    page.navigate("/agents");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("agents.png")).setFullPage(true));
    page.navigate("/evidence");
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("evidence.png")).setFullPage(true));
    page.navigate("/chains/req-abc-124#event-req-abc-124-7");
    page.locator("[id='open-event-req-abc-124-7']").click();
    page.locator("#details h2").waitFor();
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("event.png")));
    Page dark = open(1280, ColorScheme.DARK);
    dark.navigate("/chains/req-abc-124");
    dark.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("chain-dark.png")));
    Page narrow = open(390, ColorScheme.LIGHT);
    narrow.navigate("/letters");
    narrow.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("dead-letters-390.png")));
    narrow.navigate("/");
    narrow.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve("chains-390.png")));

    assertThat(folder.resolve("chain.png")).isNotEmptyFile();
  }

  private Page open(int width, ColorScheme scheme) {
    return browsing.open(uri("/").toString(), width, scheme, true);
  }

  private static String now() {
    return Clock.systemUTC().instant().toString();
  }
}
