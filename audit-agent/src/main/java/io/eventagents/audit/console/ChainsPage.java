package io.eventagents.audit.console;

import io.eventagents.audit.chain.ChainStories;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.Cursor;
import io.eventagents.audit.index.OutlinedEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** The page {@code /}: the latest chains, and the search. */
@Controller
final class ChainsPage {

  static final int SIZE = 30;
  private static final int NEW_COUNTED = 100;

  private final ChainOutlines outlines;
  private final ChainStories stories;
  private final ChainSearch search;
  private final Failures failures;
  private final Clock clock;

  ChainsPage(
      ChainOutlines outlines,
      ChainStories stories,
      ChainSearch search,
      Failures failures,
      Clock clock) {
    this.outlines = outlines;
    this.stories = stories;
    this.search = search;
    this.failures = failures;
    this.clock = clock;
  }

  @GetMapping("/")
  String chains(
      @RequestParam(required = false) @Nullable String before,
      @RequestParam(required = false) @Nullable String q,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    if (q != null && !q.isBlank()) {
      return found(q.strip(), viewer, model);
    }
    Cursor from = before == null || before.isEmpty() ? null : cursor(before);
    show(outlines.newest(from, SIZE + 1), from == null, 0, viewer, model);
    return "console/chains";
  }

  /**
   * The same chains as they are now, and how many have begun since. New chains are counted, not
   * inserted: nothing moves under the viewer's pointer.
   */
  @GetMapping("/chains/live")
  ModelAndView live(
      @RequestParam String newest,
      @RequestParam String version,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    Cursor first = newest.isEmpty() ? null : cursor(newest);
    List<OutlinedEvent> starts =
        first == null
            ? List.of()
            : outlines.newest(new Cursor(first.occurredAt(), first.number() + 1), SIZE + 1);
    int count =
        first == null
            ? outlines.newest(null, NEW_COUNTED).size()
            : outlines.newer(first, NEW_COUNTED);
    show(starts, true, count, viewer, model);
    return version.equals(model.getAttribute("version"))
        ? new ModelAndView("console/nothing", HttpStatus.NO_CONTENT)
        : new ModelAndView("console/chains :: live");
  }

  private void show(
      List<OutlinedEvent> found, boolean live, int newer, Viewer viewer, Model model) {
    List<OutlinedEvent> shown = found.size() > SIZE ? found.subList(0, SIZE) : found;
    List<ListedChain> rows = rows(shown, viewer);
    model.addAttribute("rows", rows);
    model.addAttribute("newest", shown.isEmpty() ? "" : shown.getFirst().cursor().text());
    model.addAttribute("older", found.size() > SIZE ? shown.getLast().cursor().text() : null);
    model.addAttribute("live", live);
    model.addAttribute("newer", newer);
    model.addAttribute(
        "newerText", newer >= NEW_COUNTED ? NEW_COUNTED + " or more new" : newer + " new");
    model.addAttribute("version", Integer.toHexString(rows.hashCode()) + "-" + newer);
  }

  private String found(String term, Viewer viewer, Model model) {
    ChainSearch.Found found = search.find(term);
    if (found.path() != null) {
      return "redirect:" + found.path();
    }
    model.addAttribute("term", term);
    model.addAttribute("what", found.what());
    model.addAttribute("rows", rows(found.starts(), viewer));
    model.addAttribute("more", found.more());
    return "console/found";
  }

  private List<ListedChain> rows(List<OutlinedEvent> starts, Viewer viewer) {
    Instant now = clock.instant();
    return stories
        .of(starts)
        .map(story -> ListedChain.of(story, now, node -> failures.reason(node, viewer)))
        .toList();
  }

  private static Cursor cursor(String text) {
    try {
      return Cursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "This is not a position in the list of chains.");
    }
  }
}
