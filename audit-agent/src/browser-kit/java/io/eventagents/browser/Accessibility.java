package io.eventagents.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/**
 * What a page must be for everybody to use it: free of all that axe-core finds, from WCAG to good
 * practice, and without text that is cut off or that has to be scrolled to from the side.
 */
public final class Accessibility {

  /** What axe-core does not look for. */
  private static final String LAYOUT =
      """
      () => {
        const found = [];
        document.querySelectorAll('svg[viewBox] text').forEach(e => {
          const box = e.getBBox(), all = e.ownerSVGElement.viewBox.baseVal;
          if (box.x < all.x || box.x + box.width > all.x + all.width) found.push('cut off in its drawing: ' + e.textContent); });
        document.querySelectorAll('svg').forEach(e => {
          if (!e.querySelector('title') || !e.querySelector('desc')) found.push('drawing without a title: ' + e.outerHTML.slice(0, 80)); });
        if (document.documentElement.scrollWidth > window.innerWidth) found.push('scrolls to the side: ' + document.documentElement.scrollWidth);
        return found;
      }
      """;

  private Accessibility() {}

  /**
   * Checks the page as it is now.
   *
   * @param form the width and colours of the window, for the message
   */
  public static void check(Page page, String form) {
    List<String> violations =
        new AxeBuilder(page)
            // Does its work in the page itself: there are no frames in it.
            .setLegacyMode(true).analyze().getViolations().stream()
                .flatMap(
                    rule ->
                        rule.getNodes().stream()
                            .map(
                                node ->
                                    rule.getId()
                                        + ": "
                                        + node.getHtml()
                                        + " "
                                        + node.getFailureSummary()))
                .toList();
    assertThat(violations).as(form + " " + page.url()).isEmpty();
    assertThat(page.evaluate(LAYOUT)).as(form + " " + page.url()).isEqualTo(List.of());
  }
}
