package io.eventagents.audit.console;

import io.eventagents.audit.chain.Awaited;
import io.eventagents.audit.chain.ChainNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws events as a sequence: a lane for each agent, time from top to bottom, an arrow from each
 * cause to its effect. No effect is drawn above its cause, whatever the clocks tell. Use each
 * instance once.
 */
final class SequenceDiagram {

  private static final int GUTTER = 80;
  private static final int LANE = 106;
  private static final int LAST_LABEL = 56;
  private static final int TOP = 54;
  private static final int ROW = 32;
  private static final int DOT = 6;
  private static final int MOST_LANES = 16;
  private static final int LONGEST_TYPE = 20;
  private static final int LONGEST_LINE = 14;
  private static final int MOST_AWAITED = 12;
  private static final int DESCRIBED = 40;
  private static final Duration LONG_PAUSE = Duration.ofMinutes(1);
  private static final String OTHERS = "others";

  private final List<ChainNode> nodes;
  private final List<Awaited> awaited;
  private final Set<Integer> failures;
  private final Instant now;
  private final Map<String, Integer> lanes = new LinkedHashMap<>();
  private final Map<Integer, Instant> times = new HashMap<>();
  private final Map<Integer, Integer> rows = new HashMap<>();
  private final Map<Integer, Integer> lastEffect = new HashMap<>();

  /**
   * @param nodes the events to draw, in the order of causes
   * @param awaited what did not follow them
   * @param failures the places of the events that report failures
   */
  SequenceDiagram(
      List<ChainNode> nodes, List<Awaited> awaited, Set<Integer> failures, Instant now) {
    this.nodes = nodes;
    this.awaited =
        awaited.stream()
            .filter(one -> !one.failed() && nodes.contains(one.node()))
            .limit(MOST_AWAITED)
            .toList();
    this.failures = failures;
    this.now = now;
  }

  String draw() {
    List<ChainNode> inTime = inTime();
    inTime.forEach(this::lane);
    Map<Integer, Duration> pauses = new LinkedHashMap<>();
    int row = 0;
    Instant before = null;
    for (ChainNode node : inTime) {
      Instant time = time(node);
      Duration pause = before == null ? Duration.ZERO : Duration.between(before, time);
      if (pause.compareTo(LONG_PAUSE) >= 0) {
        pauses.put(row++, pause);
      }
      rows.put(node.place(), row++);
      before = time;
      Integer cause = rows.get(node.cause());
      if (cause != null) {
        lastEffect.put(node.cause(), row - 1);
      }
    }
    int width = GUTTER + lanes.size() * LANE + LAST_LABEL;
    int height = TOP + (row + awaited.size()) * ROW + 12;
    Svg svg =
        Svg.drawing(
                "group",
                "sequence",
                width,
                height,
                "Events by agent over time",
                description(inTime))
            .arrowHead("head");
    lifelines(svg, height);
    pauses.forEach((pausedAt, pause) -> pause(svg, y(pausedAt), pause, width));
    nodes.forEach(node -> span(svg, node));
    Instant began = time(inTime.getFirst());
    String lastSaid = "";
    for (ChainNode node : inTime) {
      String since = Durations.text(Duration.between(began, time(node)));
      event(svg, node, since.equals(lastSaid) ? "" : since);
      lastSaid = since;
    }
    for (Awaited one : awaited) {
      awaited(svg, one, y(row++));
    }
    return svg.end();
  }

  private List<ChainNode> inTime() {
    for (ChainNode node : nodes) { // causes come before their effects
      Instant own = node.event().occurredAt();
      Instant cause = times.get(node.cause());
      times.put(node.place(), cause != null && cause.isAfter(own) ? cause : own);
    }
    return nodes.stream()
        .sorted(Comparator.comparing(this::time).thenComparing(ChainNode::place))
        .toList();
  }

  private Instant time(ChainNode node) {
    return times.getOrDefault(node.place(), node.event().occurredAt());
  }

  private int lane(ChainNode node) {
    Integer known = lanes.get(node.agent());
    if (known != null) {
      return known;
    }
    String name = lanes.size() < MOST_LANES - 1 ? node.agent() : OTHERS;
    return lanes.computeIfAbsent(name, agent -> lanes.size());
  }

  private int x(ChainNode node) {
    return GUTTER + lane(node) * LANE + 26;
  }

  private static int y(int row) {
    return TOP + row * ROW + ROW / 2;
  }

  private int y(ChainNode node) {
    Integer row = rows.get(node.place());
    return y(row == null ? 0 : row);
  }

  private String description(List<ChainNode> inTime) {
    Instant began = time(inTime.getFirst());
    String text =
        inTime.stream()
            .limit(DESCRIBED)
            .map(
                node ->
                    "%s from %s after %s. "
                        .formatted(
                            node.type(),
                            node.agent(),
                            Durations.text(Duration.between(began, time(node)))))
            .collect(Collectors.joining());
    int more = inTime.size() - DESCRIBED;
    return more > 0 ? text + "And " + Counts.of(more, "more event") + "." : text;
  }

  private void lifelines(Svg svg, int height) {
    lanes.forEach(
        (agent, lane) -> {
          int x = GUTTER + lane * LANE + 26;
          svg.group("lane", agent);
          int cut = cut(agent);
          if (cut == 0) {
            svg.text(Excerpt.label(agent, LONGEST_LINE), x - DOT, 36);
          } else {
            svg.text(agent.substring(0, cut), x - DOT, 22)
                .text(Excerpt.label(agent.substring(cut), LONGEST_LINE), x - DOT, 36);
          }
          svg.line(x, TOP - 8, x, height - 6).close("g");
        });
  }

  /** Where to break a long name into two lines; 0 if it fits into one. */
  private static int cut(String agent) {
    if (agent.length() <= LONGEST_LINE) {
      return 0;
    }
    int hyphen = agent.lastIndexOf('-', LONGEST_LINE - 1);
    return hyphen > 0 ? hyphen + 1 : LONGEST_LINE;
  }

  private static void pause(Svg svg, int y, Duration pause, int width) {
    svg.line(GUTTER, y, width - 12, y, "class", "pause")
        // The dots tell it apart from a time.
        .text("⋯ " + Durations.text(pause), GUTTER - 10, y + 4, "class", "pause");
  }

  /** Draws how long an event had effects. */
  private void span(Svg svg, ChainNode node) {
    Integer last = lastEffect.get(node.place());
    if (last != null) {
      int y = y(node);
      svg.rectangle(x(node) - 2.5, y, 5, y(last) - y, "rx", 2.5, "class", "span");
    }
  }

  private void event(Svg svg, ChainNode node, String since) {
    int x = x(node);
    int y = y(node);
    boolean failed = failures.contains(node.place());
    if (!since.isEmpty()) {
      svg.text(since, GUTTER - 10, y + 4, "class", "time");
    }
    String anchor = Links.anchor(node);
    String style =
        failed ? "event failed" : node.event().eventType() == null ? "event unreadable" : "event";
    svg.open("a", "href", "#" + anchor, "class", style, "data-event", anchor, "tabindex", "-1")
        .leaf("title", title(node));
    boolean fromRight = arrow(svg, node, x, y);
    svg.circle(x, y, DOT);
    if (failed) {
      svg.path(
          "M" + Svg.number(x - 2.5) + " " + Svg.number(y - 2.5) + "l5 5m0 -5l-5 5",
          "class",
          "cross");
    }
    String repeated = node.occurrences() > 1 ? " ×" + node.occurrences() : "";
    String name = Excerpt.label(node.type(), LONGEST_TYPE) + repeated;
    svg.text(name, x + DOT + 5, fromRight ? y - 5 : y + 4).close("a");
  }

  /**
   * Draws the arrow and returns whether it comes from the right, where the name of the event goes
   * otherwise.
   */
  private boolean arrow(Svg svg, ChainNode node, int x, int y) {
    ChainNode cause = cause(node);
    if (cause == null) {
      int end = x - DOT - 1;
      if (node.causeMissing()) {
        svg.line(x - 22, y, end, y, "class", "missing")
            .text("?", x - 25, y + 4, "class", "missing");
      } else {
        svg.line(x - 22, y, end, y, "class", "call", "marker-end", "url(#head)");
      }
      return false;
    }
    int from = x(cause);
    if (from == x) {
      return false;
    }
    boolean fromRight = from > x;
    int side = fromRight ? -1 : 1;
    String took = "+" + Durations.text(Duration.between(time(cause), time(node)));
    svg.line(from + 3 * side, y, x - side * (DOT + 1), y, "marker-end", "url(#head)")
        .text(
            took,
            from + 8 * side,
            fromRight ? y + 12 : y - 5,
            "class",
            fromRight ? "took before" : "took");
    return fromRight;
  }

  private @Nullable ChainNode cause(ChainNode node) {
    if (!rows.containsKey(node.cause())) {
      return null;
    }
    return nodes.get(node.cause() - nodes.getFirst().place());
  }

  private String title(ChainNode node) {
    String cause =
        node.causeMissing()
            ? "; its cause " + node.event().causationId() + " is not logged"
            : node.cause() >= 0 && cause(node) == null ? "; its cause is on another page" : "";
    return node.type() + " from " + node.agent() + " at " + node.event().occurredAt() + cause;
  }

  private void awaited(Svg svg, Awaited one, int y) {
    int x = x(one.node());
    String until =
        one.until() == null
            ? ""
            : (one.overdue() ? ", overdue since " : ", until ") + Moments.rough(one.until(), now);
    svg.group(
            one.overdue() ? "awaited overdue" : "awaited",
            "Not followed by " + String.join(" or ", one.types()) + until)
        .line(x, y(one.node()) + DOT, x, y - DOT)
        .circle(x, y, DOT)
        .text(one.types().getFirst() + until, x + DOT + 5, y + 4)
        .close("g");
  }
}
