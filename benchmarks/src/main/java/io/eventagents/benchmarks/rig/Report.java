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

/**
 * Prints the results as Markdown as soon as they are there, and messages about the progress
 * separately.
 */
public final class Report {

  private final PrintStream results;
  private final PrintStream progress;
  private final StringBuilder text = new StringBuilder();

  /**
   * @param results receives the Markdown
   * @param progress receives the rest
   */
  public Report(PrintStream results, PrintStream progress) {
    this.results = results;
    this.progress = progress;
  }

  /** Prints a message about the progress, which is not part of the results. */
  public void progress(String format, Object... values) {
    progress.println(
        LocalTime.now().truncatedTo(ChronoUnit.SECONDS)
            + " "
            + String.format(Locale.ROOT, format, values));
  }

  /** Prints a failure with its stack trace, which is not part of the results. */
  public void failure(String what, Exception failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    progress("%s failed: %s", what, trace);
  }

  /** Writes a heading. */
  public void heading(String heading) {
    line("");
    line("## " + heading);
    line("");
  }

  /** Writes a paragraph. */
  public void paragraph(String format, Object... values) {
    line(String.format(Locale.ROOT, format, values));
    line("");
  }

  /** Writes a table. */
  public void table(List<String> columns, Collection<String[]> rows) {
    row(columns);
    row(Collections.nCopies(columns.size(), "---"));
    rows.forEach(row -> row(Arrays.asList(row)));
    line("");
  }

  /** Writes a table of the targets and the figures measured. */
  public void targets(List<Target> targets) {
    table(List.of("figure", "target", "measured", ""), targets.stream().map(Target::row).toList());
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
   * @throws IOException if that is not possible
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, text);
  }
}
