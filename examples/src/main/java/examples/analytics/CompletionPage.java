package examples.analytics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** A page that shows what this instance has measured since it started. */
@RestController
class CompletionPage {

  private static final Comparator<Timer> BY_OWNER_AND_PRIORITY =
      Comparator.<Timer, String>comparing(timer -> tag(timer, "owner"))
          .thenComparing(timer -> tag(timer, "priority"));

  private final MeterRegistry meters;
  private final Instant start;

  CompletionPage(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  @GetMapping(path = "/", produces = MediaType.TEXT_HTML_VALUE)
  ResponseEntity<String> page() {
    List<Timer> timers =
        meters.find(CompletionTimes.TIMER).timers().stream().sorted(BY_OWNER_AND_PRIORITY).toList();
    return ResponseEntity.ok()
        .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .body(
            """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Task completion times</title></head>
            <body>
            <h1>Task completion times</h1>
            <p>%d tasks completed since %s; %d without a time. Prometheus has what was before.</p>
            <table border="1" cellpadding="6">
            <thead><tr><th>owner</th><th>priority</th><th>tasks</th><th>on average</th></tr></thead>
            <tbody>
            %s
            </tbody>
            </table>
            </body>
            </html>
            """
                .formatted(
                    timers.stream().mapToLong(Timer::count).sum(),
                    start,
                    unmeasured(),
                    timers.stream().map(CompletionPage::row).collect(Collectors.joining("\n"))));
  }

  private long unmeasured() {
    @Nullable Counter counter = meters.find(CompletionTimes.UNMEASURED).counter();
    return counter == null ? 0 : (long) counter.count();
  }

  private static String row(Timer timer) {
    return "<tr><td>%s</td><td>%s</td><td>%d</td><td>%s</td></tr>"
        .formatted(
            HtmlUtils.htmlEscape(tag(timer, "owner")),
            HtmlUtils.htmlEscape(tag(timer, "priority")),
            timer.count(),
            inWords(Duration.ofSeconds((long) timer.mean(TimeUnit.SECONDS))));
  }

  private static String tag(Timer timer, String name) {
    return String.valueOf(timer.getId().getTag(name));
  }

  private static String inWords(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    return duration.toHours() > 0
        ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
        : duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
  }
}
