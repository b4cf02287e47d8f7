package io.eventagents.audit.console;

import io.eventagents.audit.index.Flow;
import io.eventagents.audit.index.FlowQueries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** The page of the agents: how events flow between them and how each is doing, by the log. */
@Controller
final class AgentsPage {

  private static final int PARTS = 40;
  private static final int LOOKED_AT = 50_000;

  /** Anyone may write any name as the source of an event, a new one each time. */
  private static final int SHOWN = 200;

  private static final Duration FRESH = Duration.ofSeconds(3);

  /** The source of calls, which are no events. */
  private static final String OUTSIDE = "calls";

  private final FlowQueries flows;
  private final GroupLags lags;
  private final Set<String> failures;
  private final Duration window;
  private final Clock clock;

  private long staleAt = System.nanoTime();
  private List<Flow> last = List.of();

  /**
   * @param failures the types of events that report failures
   * @param window how far back to look
   */
  AgentsPage(
      FlowQueries flows, GroupLags lags, Set<String> failures, Duration window, Clock clock) {
    this.flows = flows;
    this.lags = lags;
    this.failures = Set.copyOf(failures);
    this.window = window;
    this.clock = clock;
  }

  @GetMapping("/agents")
  String agents(
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean within, Model model) {
    List<Flow> all = recent();
    Map<String, Long> counts =
        all.stream()
            .collect(Collectors.groupingBy(Flow::source, Collectors.summingLong(Flow::count)));
    Set<String> shown = mostOf(counts);
    List<Flow> recent = all.stream().filter(flow -> shown.contains(flow.source())).toList();
    Map<String, List<Flow>> byAgent =
        recent.stream()
            .collect(Collectors.groupingBy(Flow::source, TreeMap::new, Collectors.toList()));
    Map<String, OptionalLong> behind = lags.of(byAgent.keySet());
    List<AgentRow> rows = new ArrayList<>();
    byAgent.forEach((agent, own) -> rows.add(row(agent, own, behind, rows.size())));
    model.addAttribute("rows", rows);
    model.addAttribute("graph", byAgent.isEmpty() ? "" : graph(recent, byAgent.keySet()));
    model.addAttribute("others", counts.size() - shown.size());
    model.addAttribute(
        "othersText",
        Counts.of(counts.size() - shown.size(), "other source")
            + " with "
            + Counts.of(sum(all) - sum(recent), "event"));
    model.addAttribute("window", Durations.rough(window));
    model.addAttribute("most", sum(all) >= LOOKED_AT ? LOOKED_AT : 0);
    return within ? "console/agents :: agents" : "console/agents";
  }

  /** The agents with the most events. */
  private static Set<String> mostOf(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static long sum(List<Flow> flows) {
    return flows.stream().mapToLong(Flow::count).sum();
  }

  /** Asks the database once in a while, however many viewers the page has. */
  private synchronized List<Flow> recent() {
    if (System.nanoTime() - staleAt >= 0) {
      Instant now = clock.instant();
      last = flows.since(now.minus(window), now, PARTS, LOOKED_AT);
      staleAt = System.nanoTime() + FRESH.toNanos();
    }
    return last;
  }

  private static String graph(List<Flow> flows, Set<String> agents) {
    Map<List<String>, Map<String, Long>> edges = new LinkedHashMap<>();
    for (Flow flow : flows) {
      String from = flow.causeType() == null ? null : flow.causeSource();
      String type = from == null ? flow.type() : Objects.requireNonNull(flow.causeType());
      edges
          .computeIfAbsent(
              List.of(from == null ? OUTSIDE : from, flow.source()), pair -> new TreeMap<>())
          .merge(type, flow.count(), Long::sum);
    }
    Set<String> all = new TreeSet<>(agents);
    edges.keySet().forEach(all::addAll);
    return new SystemGraph(
            all,
            edges.entrySet().stream()
                .map(
                    edge ->
                        new SystemGraph.Edge(
                            edge.getKey().get(0), edge.getKey().get(1), edge.getValue()))
                .toList())
        .draw();
  }

  private AgentRow row(
      String agent, List<Flow> own, @Nullable Map<String, OptionalLong> behind, int number) {
    double[] rate = new double[PARTS];
    double[] errors = new double[PARTS];
    double[] seconds = new double[PARTS];
    double[] timed = new double[PARTS];
    Set<String> takes = new TreeSet<>();
    Set<String> emits = new TreeSet<>();
    for (Flow flow : own) {
      rate[flow.part()] += flow.count();
      emits.add(flow.type());
      if (failures.contains(flow.type())) {
        errors[flow.part()] += flow.count();
      }
      if (flow.causeType() != null) {
        takes.add(flow.causeType());
        seconds[flow.part()] += flow.seconds();
        timed[flow.part()] += flow.count();
      }
    }
    double all = Arrays.stream(rate).sum();
    double allTimed = Arrays.stream(timed).sum();
    double perMinute = all / (window.toMillis() / 60_000.0);
    double[] mean = new double[PARTS];
    Arrays.setAll(mean, i -> timed[i] == 0 ? Double.NaN : seconds[i] / timed[i]);
    String rateText =
        String.format(Locale.ROOT, perMinute < 10 ? "%.1f/min" : "%.0f/min", perMinute);
    long failed = (long) Arrays.stream(errors).sum();
    String time =
        allTimed == 0
            ? "–"
            : Durations.text(
                Duration.ofMillis((long) (Arrays.stream(seconds).sum() / allTimed * 1000)));
    return new AgentRow(
        agent,
        takes,
        emits,
        lag(agent, behind),
        rateText,
        Sparkline.line("rate-" + number, rate, "Rate of " + agent + ": " + rateText),
        failed,
        Sparkline.bars("errors-" + number, errors, "Errors of " + agent + ": " + failed),
        time,
        Sparkline.line("time-" + number, mean, "Time per event of " + agent + ": " + time));
  }

  /** A question mark if the broker does not tell, a dash if the agent reads nothing. */
  private static String lag(String agent, @Nullable Map<String, OptionalLong> behind) {
    if (behind == null) {
      return "?";
    }
    OptionalLong lag = behind.get(agent);
    if (lag == null) {
      return "–";
    }
    return lag.isEmpty() ? "?" : Counts.number(lag.getAsLong());
  }
}
