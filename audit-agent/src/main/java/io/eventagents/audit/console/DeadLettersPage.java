package io.eventagents.audit.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventagents.DeadLetterDesk;
import io.eventagents.DeadLetterDesk.Action;
import io.eventagents.DeadLetterDesk.Letter;
import io.eventagents.DeadLetterDesk.Page;
import io.eventagents.DeadLetterDesk.Selection;
import io.eventagents.DependencyUnavailable;
import io.eventagents.audit.index.ChainOutlines;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The pages of dead letters: what failed and why, and how its replay or discard is going. */
@Controller
final class DeadLettersPage {

  private static final int SHOWN = 100;
  private static final int GROUPS = 200;
  private static final HttpStatusCode STOP = HttpStatusCode.valueOf(286);

  private final @Nullable DeadLetterDesk desk;
  private final ReplaysUnderWay replays;
  private final ChainOutlines outlines;
  private final PersonalView personal;
  private final Clock clock;

  /**
   * @param desk null if the application is set to serve none
   */
  DeadLettersPage(
      @Nullable DeadLetterDesk desk,
      ReplaysUnderWay replays,
      ChainOutlines outlines,
      PersonalView personal,
      Clock clock) {
    this.desk = desk;
    this.replays = replays;
    this.outlines = outlines;
    this.personal = personal;
    this.clock = clock;
  }

  /** All letters, by agent and reason. */
  @GetMapping(path = "/letters", params = "!agent")
  String groups(@RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer, Model model) {
    List<DeadLetterGroup> groups =
        DeadLetterGroup.of(desk().groups(Selection.unsettled()), clock.instant(), personal, viewer);
    model.addAttribute("groups", groups.stream().limit(GROUPS).toList());
    model.addAttribute("more", Math.max(0, groups.size() - GROUPS));
    model.addAttribute(
        "total", groups.stream().mapToLong(group -> group.open() + group.underWay()).sum());
    return "console/letters";
  }

  /** The letters of one agent or of one group. */
  @GetMapping(path = "/letters", params = "agent")
  String letters(
      @RequestParam String agent,
      @RequestParam(name = "event_type", required = false) @Nullable String eventType,
      @RequestParam(required = false) @Nullable String reason,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    Page page =
        desk().newest(DeadLetterForm.unsettled(agent, Set.of(), eventType, reason, null), SHOWN);
    Instant now = clock.instant();
    model.addAttribute("agent", agent);
    model.addAttribute("eventType", eventType);
    model.addAttribute("reason", reason);
    model.addAttribute("reasonShown", reason == null ? null : shown(reason, viewer));
    model.addAttribute(
        "letters", page.deadLetters().stream().map(one -> row(one, now, viewer)).toList());
    model.addAttribute("matched", page.matched());
    model.addAttribute("until", now.toString());
    return "console/letter-list";
  }

  /** One letter with its content. */
  @GetMapping("/letters/{agent}/{id}")
  ModelAndView letter(
      @PathVariable String agent,
      @PathVariable String id,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    Letter letter = desk().find(agent, id).orElse(null);
    if (letter == null) {
      model.addAttribute("name", agent + " " + id);
      return new ModelAndView("console/unknown-letter", HttpStatus.NOT_FOUND);
    }
    model.addAttribute("letter", row(letter, clock.instant(), viewer));
    model.addAttribute("content", content(letter, viewer));
    model.addAttribute("headers", headers(letter, viewer));
    return new ModelAndView("console/letter");
  }

  /** A dry run: shows what would be done. */
  @PostMapping("/letters/plan")
  String plan(
      @ModelAttribute("form") DeadLetterForm form,
      @RequestParam(required = false) @Nullable List<String> id,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    Action action = form.toDo();
    model.addAttribute("ids", id);
    model.addAttribute("replays", action == Action.REPLAY);
    model.addAttribute("outcome", desk().dryRun(action, form.selection(id, clock)));
    model.addAttribute("until", form.until(clock).toString());
    model.addAttribute("reasonShown", form.reason() == null ? null : shown(form.reason(), viewer));
    return "console/letter-plan";
  }

  @PostMapping("/letter-works")
  String carryOut(
      @ModelAttribute("form") DeadLetterForm form,
      @RequestParam(required = false) @Nullable List<String> id,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer) {
    String why = form.whyInWords();
    return "redirect:/letter-works/"
        + replays.begin(desk(), form.toDo(), form.selection(id, clock), viewer.name(), why);
  }

  /** How far a replay or discard is. */
  @GetMapping("/letter-works/{id}")
  ModelAndView replay(
      @PathVariable String id, @RequestParam(defaultValue = "false") boolean live, Model model) {
    ReplayProgress replay = replays.find(id).orElse(null);
    if (replay == null) {
      model.addAttribute("name", "This replay");
      return live
          ? new ModelAndView("console/nothing", STOP)
          : new ModelAndView("console/unknown-letter", HttpStatus.NOT_FOUND);
    }
    ReplayProgress.State state = replay.state(outlines, desk());
    model.addAttribute("id", id);
    model.addAttribute("work", state);
    model.addAttribute("replays", replay.action() == Action.REPLAY);
    model.addAttribute("agent", replay.selection().agent());
    model.addAttribute("why", replay.request().why());
    model.addAttribute("by", replay.request().by());
    return new ModelAndView(live ? "console/letter-work :: progress" : "console/letter-work");
  }

  @ExceptionHandler
  ModelAndView brokerIsAway(DependencyUnavailable e) {
    return new ModelAndView(
        "console/broker-away",
        Map.of("why", String.valueOf(e.getMessage()), "links", List.of()),
        HttpStatus.SERVICE_UNAVAILABLE);
  }

  /**
   * A letter as pages show it.
   *
   * @param letter itself
   * @param reason as the viewer may see it
   * @param path of its page
   */
  record Row(
      Letter letter,
      String reason,
      @Nullable String key,
      String path,
      @Nullable String chainPath,
      String age) {}

  private Row row(Letter letter, Instant now, Viewer viewer) {
    String data = data(letter);
    String reason = shown(personal.text(letter.eventType(), data, letter.reason(), viewer), viewer);
    return new Row(
        letter,
        reason,
        letter.key() == null ? null : personal.text(letter.eventType(), data, letter.key(), viewer),
        "/letters/" + Links.encoded(letter.agent()) + "/" + letter.id(),
        letter.correlationId() == null ? null : Links.chain(letter.correlationId()),
        Moments.age(letter.failedAt(), now));
  }

  private String shown(String reason, Viewer viewer) {
    return Excerpt.sentence(personal.reason(reason, viewer));
  }

  /** The data within the envelope; null if the value is not an event or not at hand. */
  private static @Nullable String data(Letter letter) {
    ObjectNode event = event(letter);
    return event == null || event.path("data").isMissingNode()
        ? null
        : event.path("data").toString();
  }

  private static @Nullable ObjectNode event(Letter letter) {
    DeadLetterDesk.Content content = letter.content();
    if (content == null || content.value() == null) {
      return null;
    }
    try {
      return JsonMapper.shared().readTree(content.value()) instanceof ObjectNode event
          ? event
          : null;
    } catch (JacksonException noEvent) {
      return null;
    }
  }

  private @Nullable Excerpt content(Letter letter, Viewer viewer) {
    DeadLetterDesk.Content content = Objects.requireNonNull(letter.content());
    if (content.valueBase64() != null) {
      return Excerpt.bytes(Base64.getDecoder().decode(content.valueBase64()));
    }
    if (content.value() == null) {
      return null;
    }
    ObjectNode event = event(letter);
    if (event == null) {
      return Excerpt.bytes(content.value().getBytes(UTF_8));
    }
    String data = data(letter);
    String shown = data == null ? null : personal.data(letter.eventType(), data, viewer);
    return Excerpt.json(
        shown == null || shown.equals(data)
            ? content.value()
            : event.set("data", JsonMapper.shared().readTree(shown)).toString());
  }

  private List<EventContent.Named> headers(Letter letter, Viewer viewer) {
    UnaryOperator<String> texts = personal.texts(letter.eventType(), data(letter), viewer);
    return Objects.requireNonNull(letter.content()).headers().entrySet().stream()
        .map(header -> EventContent.Named.of(header.getKey(), texts.apply(header.getValue())))
        .toList();
  }

  private DeadLetterDesk desk() {
    if (desk == null) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND,
          "Dead letters are not served here: event-agents.dead-letters.http is false.");
    }
    return desk;
  }
}
