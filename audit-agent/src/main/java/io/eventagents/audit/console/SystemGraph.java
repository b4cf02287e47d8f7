package io.eventagents.audit.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Draws agents and the events that flow between them from left to right. Each agent is as far to
 * the right as the longest path of events to it. Use each instance once.
 */
final class SystemGraph {

  private static final int BOX = 176;
  private static final int COLUMN = 316;
  private static final int ENTRY = 26;
  private static final int LEAST_HEIGHT = 44;
  private static final int GAP = 22;
  private static final int MARGIN = 18;
  private static final int LONGEST_NAME = 25;
  private static final int LONGEST_LABEL = 26;
  private static final int MOST_AGENTS = 60;

  /**
   * Events that go from one agent to another.
   *
   * @param types how many events of which type
   */
  record Edge(String from, String to, Map<String, Long> types) {

    long count() {
      return types.values().stream().mapToLong(Long::longValue).sum();
    }

    String label() {
      String first =
          types.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElse("");
      return Excerpt.label(first, LONGEST_LABEL)
          + (types.size() > 1 ? " +" + (types.size() - 1) : "");
    }
  }

  private record Label(Edge edge, int x, int y) {}

  private record Box(String agent, int x, int y, int height) {}

  private final List<Edge> edges;
  private final Set<String> agents = new TreeSet<>();
  private final Map<String, List<String>> forward = new TreeMap<>();
  private final Set<String> walked = new HashSet<>();
  private final List<String> order = new ArrayList<>();
  private final Map<String, Integer> layers = new HashMap<>();
  private final Map<String, Box> boxes = new LinkedHashMap<>();

  /**
   * @param agents all agents
   * @param edges between them
   */
  SystemGraph(Set<String> agents, List<Edge> edges) {
    agents.stream().sorted().limit(MOST_AGENTS).forEach(this.agents::add);
    this.edges =
        edges.stream()
            .filter(edge -> this.agents.contains(edge.from()) && this.agents.contains(edge.to()))
            .filter(edge -> !edge.from().equals(edge.to()))
            .sorted(Comparator.comparing(Edge::from).thenComparing(Edge::to))
            .toList();
  }

  String draw() {
    layer();
    place();
    int width =
        boxes.values().stream().mapToInt(box -> box.x() + BOX).max().orElse(BOX) + MARGIN + 4;
    int height =
        boxes.values().stream().mapToInt(box -> box.y() + box.height()).max().orElse(0)
            + MARGIN
            + (hasBackward() ? 46 : 0);
    Svg svg =
        Svg.drawing("img", "system", width, height, "Flow of events between agents", description())
            .arrowHead("tip");
    Map<String, Integer> entries = new HashMap<>();
    List<Label> labels = new ArrayList<>();
    edges.forEach(edge -> draw(svg, edge, entries, height, labels));
    labels.forEach(label -> draw(svg, label)); // above all lines, which would cross them out
    boxes.values().forEach(box -> draw(svg, box));
    return svg.end();
  }

  /** Finds the longest path to each agent, without the edges that lead back. */
  private void layer() {
    Set<String> reached = edges.stream().map(Edge::to).collect(Collectors.toSet());
    // Begin with agents that no edge leads to, so that edges in the other direction are the ones
    // that lead back.
    agents.stream()
        .filter(agent -> !reached.contains(agent))
        .forEach(agent -> walk(agent, new HashSet<>()));
    agents.stream()
        .sorted(Comparator.comparing((String agent) -> -sent(agent)).thenComparing(agent -> agent))
        .forEach(agent -> walk(agent, new HashSet<>()));
    for (String agent : order.reversed()) {
      int layer = layers.getOrDefault(agent, 0);
      layers.put(agent, layer);
      for (String next : forward.getOrDefault(agent, List.of())) {
        layers.merge(next, layer + 1, Math::max);
      }
    }
  }

  private long sent(String agent) {
    return edges.stream().filter(edge -> edge.from().equals(agent)).mapToLong(Edge::count).sum();
  }

  private void walk(String agent, Set<String> above) {
    if (!walked.add(agent)) {
      return;
    }
    above.add(agent);
    for (Edge edge : edges) {
      if (edge.from().equals(agent) && !above.contains(edge.to())) {
        forward.computeIfAbsent(agent, from -> new ArrayList<>()).add(edge.to());
        walk(edge.to(), above);
      }
    }
    above.remove(agent);
    order.add(agent);
  }

  private int layer(String agent) {
    return layers.getOrDefault(agent, 0);
  }

  private void place() {
    Map<Integer, Integer> next = new HashMap<>();
    List<String> ordered =
        agents.stream()
            .sorted(
                Comparator.comparing((String agent) -> layer(agent)).thenComparing(agent -> agent))
            .toList();
    for (String agent : ordered) {
      long entries = edges.stream().filter(edge -> edge.to().equals(agent)).count();
      int height = (int) Math.max(LEAST_HEIGHT, entries * ENTRY + 10);
      int y = next.getOrDefault(layer(agent), MARGIN);
      boxes.put(agent, new Box(agent, MARGIN + layer(agent) * COLUMN, y, height));
      next.put(layer(agent), y + height + GAP);
    }
    int most = next.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    // Center short columns beside long ones.
    boxes.replaceAll(
        (agent, box) ->
            new Box(
                agent,
                box.x(),
                box.y() + (most - next.getOrDefault(layer(agent), most)) / 2,
                box.height()));
  }

  private boolean hasBackward() {
    return edges.stream().anyMatch(edge -> layer(edge.to()) <= layer(edge.from()));
  }

  private void draw(
      Svg svg, Edge edge, Map<String, Integer> entries, int height, List<Label> labels) {
    Box from = boxes.get(edge.from());
    Box to = boxes.get(edge.to());
    if (from == null || to == null) {
      return;
    }
    int entry = entries.merge(edge.to(), 1, Integer::sum) - 1;
    long all = edges.stream().filter(one -> one.to().equals(edge.to())).count();
    int y1 = from.y() + from.height() / 2;
    int y2 = (int) (to.y() + to.height() / 2 + (entry - (all - 1) / 2.0) * ENTRY) + 4;
    int x1 = from.x() + BOX;
    int x2 = to.x();
    svg.group("flow", title(edge));
    if (layer(edge.to()) > layer(edge.from())) {
      int bend = Math.min(120, (x2 - x1) / 2);
      svg.path(
          "M%d %dC%d %d %d %d %d %d".formatted(x1, y1, x1 + bend, y1, x2 - bend, y2, x2 - 2, y2),
          "marker-end",
          "url(#tip)");
    } else {
      int below = height - MARGIN - 6;
      String way =
          "M%d %dC%d %d %d %d %d %dS%d %d %d %d"
              .formatted(
                  x1,
                  y1 + 8,
                  x1 + 70,
                  y1 + 8,
                  x1 + 70,
                  below,
                  (x1 + x2) / 2,
                  below,
                  x2 - 70,
                  y2,
                  x2 - 2,
                  y2);
      svg.path(way, "class", "back", "marker-end", "url(#tip)");
    }
    svg.close("g");
    labels.add(new Label(edge, x2 - 12, y2 - 6));
  }

  private static void draw(Svg svg, Label label) {
    svg.group("flow", title(label.edge()))
        .text(label.edge().label(), label.x(), label.y())
        .close("g");
  }

  private static void draw(Svg svg, Box box) {
    String name = Excerpt.label(box.agent(), LONGEST_NAME);
    svg.group("agent", box.agent())
        .rectangle(box.x(), box.y(), BOX, box.height(), "rx", 8)
        .text(name, box.x() + BOX / 2, box.y() + box.height() / 2 + 4)
        .close("g");
  }

  private static String title(Edge edge) {
    return edge.types().entrySet().stream()
        .map(type -> " " + type.getKey() + " (" + type.getValue() + ")")
        .collect(Collectors.joining("", edge.from() + " to " + edge.to() + ":", ""));
  }

  private String description() {
    return String.join(". ", edges.stream().limit(40).map(SystemGraph::title).toList());
  }
}
