package io.eventagents.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Chromium as Debian has it; nothing is downloaded. */
public final class Browsing implements AutoCloseable {

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  /** Tells of whatever the policy forbids, before anything of the page runs. */
  private static final String WATCH =
      """
      window.violations = [];
      document.addEventListener('securitypolicyviolation',
        e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
      """;

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(
              new BrowserType.LaunchOptions()
                  .setExecutablePath(
                      Path.of(System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium")))
                  .setArgs(ARGUMENTS));

  /** What went wrong in the pages. */
  private final List<String> complaints = new ArrayList<>();

  /** The widths and colours that every page is looked at in, as arguments of a test. */
  public static Stream<Arguments> forms() {
    return Stream.of(1280, 390)
        .flatMap(
            width ->
                Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                    .map(scheme -> Arguments.of(width, scheme)));
  }

  /**
   * A window.
   *
   * @param scripts whether scripts run
   */
  public Page open(String address, int width, ColorScheme scheme, boolean scripts) {
    BrowserContext context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setBaseURL(address)
                .setViewportSize(width, 844)
                .setColorScheme(scheme)
                .setJavaScriptEnabled(scripts)
                .setDeviceScaleFactor(1));
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    if (scripts) {
      page.addInitScript(WATCH);
    }
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.onConsoleMessage(
        message -> {
          // What a page answers with 404 is told there too, and is no error of a page.
          if (message.type().equals("error") && !message.text().contains("status of 404")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    page.onDialog(
        dialog -> {
          complaints.add(page.url() + ": a script of an event ran: " + dialog.message());
          dialog.dismiss();
        });
    return page;
  }

  /** That nothing went wrong in any page so far, and nothing of an event ran in this. */
  public void assertHarmless(Page page) {
    assertThat(page.evaluate("window.violations")).as(page.url()).isEqualTo(List.of());
    assertThat(page.evaluate("window.ran === undefined")).as(page.url()).isEqualTo(true);
    assertThat(complaints).isEmpty();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
