package io.eventagents.audit.console;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.chain.ChainNode;
import io.eventagents.audit.chain.ChainStories;
import io.eventagents.audit.chain.ChainStory;
import io.eventagents.audit.index.ChainOutlines;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page of a chain: its events as a tree of causes, and as a sequence by agent. */
@Controller
final class ChainPage {

  static final int SIZE = 200;

  /** A chain that has not grown for this long is refreshed less often, or no longer. */
  private static final Duration BUSY = Duration.ofSeconds(60);

  /** Tells htmx to stop polling. */
  private static final HttpStatusCode STOP = HttpStatusCode.valueOf(286);

  /** A trace has several records; few chains have more than these. */
  private static final int TRACED = 500;

  private final ChainStories stories;
  private final ChainOutlines outlines;
  private final AnswerRoom room;
  private final TraceLinks traces;
  private final Failures failures;
  private final Clock clock;

  ChainPage(
      ChainStories stories,
      ChainOutlines outlines,
      AnswerRoom room,
      TraceLinks traces,
      Failures failures,
      Clock clock) {
    this.stories = stories;
    this.outlines = outlines;
    this.room = room;
    this.traces = traces;
    this.failures = failures;
    this.clock = clock;
  }

  @GetMapping("/chains/{correlation_id}")
  ModelAndView chain(
      @PathVariable("correlation_id") String correlationId,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(required = false) @Nullable String event,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    Optional<ChainStory> found = stories.find(correlationId);
    if (found.isEmpty()) {
      model.addAttribute("correlationId", correlationId);
      return new ModelAndView("console/unknown-chain", HttpStatus.NOT_FOUND);
    }
    ChainStory story = found.get();
    Optional<ChainNode> asked =
        story.nodes().stream()
            .filter(node -> event != null && event.equals(node.event().eventId()))
            .findAny();
    if (asked.isPresent()) {
      return new ModelAndView("redirect:" + path(story, asked.get()));
    }
    show(story, page, viewer, model);
    return new ModelAndView("console/chain");
  }

  /** For ids that do not fit a path. */
  @GetMapping(path = "/chains", params = "correlation_id")
  ModelAndView chainOfAnyName(
      @RequestParam("correlation_id") String correlationId,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam(required = false) @Nullable String event,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    return chain(correlationId, page, event, viewer, model);
  }

  /** The page as it is now; nothing if nothing has changed. */
  @GetMapping("/chains/events")
  ModelAndView live(
      @RequestParam("correlation_id") String correlationId,
      @RequestParam(defaultValue = "1") int page,
      @RequestParam String version,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    Optional<ChainStory> found = stories.find(correlationId);
    if (found.isEmpty()) {
      return new ModelAndView("console/nothing", STOP);
    }
    ChainStory story = found.get();
    if (story.version().equals(version)) {
      return new ModelAndView("console/nothing", every(story) > 0 ? HttpStatus.NO_CONTENT : STOP);
    }
    show(story, page, viewer, model);
    return new ModelAndView("console/chain :: events");
  }

  private void show(ChainStory story, int page, Viewer viewer, Model model) {
    Instant now = clock.instant();
    int pages = (story.nodes().size() + SIZE - 1) / SIZE;
    int shown = Math.clamp(page, 1, pages);
    int from = (shown - 1) * SIZE;
    int to = Math.min(from + SIZE, story.nodes().size());
    List<ChainNode> nodes = story.nodes().subList(from, to);
    model.addAttribute("correlationId", story.correlationId());
    model.addAttribute("chain", ListedChain.of(story, now, node -> failures.reason(node, viewer)));
    model.addAttribute("agents", story.agents().size());
    model.addAttribute("truncated", story.truncated());
    model.addAttribute(
        "rows", TreeRow.of(story, from, to, now, node -> failures.of(node, viewer).orElse(null)));
    model.addAttribute(
        "lanes",
        new SequenceDiagram(
                nodes,
                story.awaited(),
                nodes.stream()
                    .filter(failures::tellsOfOne)
                    .map(ChainNode::place)
                    .collect(Collectors.toSet()),
                now)
            .draw());
    model.addAttribute(
        "traces",
        traces.of(
            room.share()
                .read(
                    bytes ->
                        outlines.tracedHeaders(
                            String.valueOf(story.correlationId()), TRACED, bytes))
                .rows()));
    model.addAttribute("page", shown);
    model.addAttribute("pages", pages);
    model.addAttribute("previous", shown > 1 ? pageOf(story, shown - 1) : null);
    model.addAttribute("next", shown < pages ? pageOf(story, shown + 1) : null);
    model.addAttribute("version", story.version());
    model.addAttribute("every", every(story));
  }

  /** How many seconds to wait before the next refresh; 0 if nothing more is expected. */
  private int every(ChainStory story) {
    Instant last =
        story.nodes().stream()
            .map(node -> node.event().knownPlace().loggedAt())
            .max(Instant::compareTo)
            .orElseThrow();
    if (last.isAfter(clock.instant().minus(BUSY))) {
      return 2;
    }
    return story.awaited().isEmpty() ? 0 : 15;
  }

  /** The address at which an event is shown. */
  static String path(ChainStory story, ChainNode node) {
    int page = node.place() / SIZE + 1;
    return (page == 1 ? Links.chain(String.valueOf(story.correlationId())) : pageOf(story, page))
        + "#"
        + Links.anchor(node);
  }

  private static String pageOf(ChainStory story, int page) {
    String path = Links.chain(String.valueOf(story.correlationId()));
    return path + (path.contains("?") ? "&" : "?") + "page=" + page;
  }
}
