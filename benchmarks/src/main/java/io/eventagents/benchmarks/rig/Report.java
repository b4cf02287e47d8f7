package io.eventagents.benchmarks.rig;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The results as Markdown, printed as they come; what goes on is told beside them. */
public final class Report {

  private final PrintStream results;
  private final PrintStream progress;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param results where the Markdown goes
   * @param progress where the rest goes
   */
  public Report(PrintStream results, PrintStream progress) {
    this.results = results;
    this.progress = progress;
  }

  /** Tells what goes on; no part of the results. */
  public void progress(String format, Object... values) {
    progress.println(
        LocalTime.now().truncatedTo(ChronoUnit.SECONDS)
            + " "
            + String.format(Locale.ROOT, format, values));
  }

  /** Tells what failed, and where; no part of the results. */
  public void failure(String what, Exception failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    progress("%s failed: %s", what, trace);
  }

  /** A heading. */
  public void heading(String heading) {
    line("");
    line("## " + heading);
    line("");
  }

  /** A paragraph. */
  public void paragraph(String format, Object... values) {
    line(String.format(Locale.ROOT, format, values));
    line("");
  }

  /** A table. */
  public void table(List<String> columns, Collection<String[]> rows) {
    row(columns);
    row(Collections.nCopies(columns.size(), "---"));
    rows.forEach(row -> row(Arrays.asList(row)));
    line("");
  }

  /** What was demanded and what was measured, as a table. */
  public void targets(List<Target> targets) {
    table(
        List.of("figure", "demanded", "measured", ""), targets.stream().map(Target::row).toList());
  }

  private void row(List<String> cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void line(String line) {
    results.println(line);
    text.append(line).append('\n');
  }

  /**
   * Writes all results to a file.
   *
   * @throws IOException where that is not possible
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, text);
  }
}
