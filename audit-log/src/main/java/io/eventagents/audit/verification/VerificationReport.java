package io.eventagents.audit.verification;

import java.io.PrintStream;
import java.util.List;

/** Says in words what became of a verification. */
final class VerificationReport {

  private final PrintStream out;

  VerificationReport(PrintStream out) {
    this.out = out;
  }

  void print(VerificationResult result) {
    LogExtent extent = result.extent();
    out.printf(
        "Audit log %s: %s in %s, %s%s%n",
        result.logId(),
        counted(extent.lines(), "line"),
        counted(extent.files(), "file"),
        counted(extent.bytes(), "byte"),
        extent.files() == 0 ? "" : ", " + extent.firstFile() + " to " + extent.lastFile());
    out.println();
    print("UNCHANGED", result.unchanged(), butFor(result) + signed(result));
    result.breaks().forEach(this::print);
    print("COMPLETE", result.complete(), gaps(result));
    if (!result.notes().isEmpty()) {
      out.println();
      result.notes().forEach(note -> out.println("Note: " + note));
    }
  }

  private void print(StatedBreak one) {
    out.printf(
        "  break lines %d to %d of the log (%s), signed at %s by %s, are in no file%n",
        one.from(), one.to(), counted(one.lines(), "line"), one.signedAt(), one.signedBy());
    out.printf("        stated   by %s at %s: %s%n", one.by(), one.statedAt(), one.because());
    out.printf("        signed   the chain %s%n", one.chain());
  }

  private static String butFor(VerificationResult result) {
    int breaks = result.breaks().size();
    if (breaks == 0) {
      return "";
    }
    return (result.unchanged().holds() ? "but for " : "") + counted(breaks, "break") + "; ";
  }

  private void print(String name, Verdict verdict, String more) {
    if (verdict.holds()) {
      out.printf("%-10s yes%s%s%n", name + ":", more.startsWith("but for ") ? ", " : "; ", more);
      return;
    }
    out.printf("%-10s NO, %s; %s%n", name + ":", counted(verdict.deviations(), "deviation"), more);
    List<Deviation> first = verdict.first();
    for (int i = 0; i < first.size(); i++) {
      print(i == 0 ? "first" : "then", first.get(i));
    }
    long left = verdict.deviations() - first.size();
    if (left > 0) {
      out.printf("  and %d more%n", left);
    }
  }

  private void print(String order, Deviation deviation) {
    out.printf(
        "  %-5s %s%s%s%n",
        order,
        deviation.file(),
        deviation.line() > 0 ? " line " + deviation.line() : "",
        deviation.position() >= 0 ? ", byte " + deviation.position() : "");
    out.printf("        expected %s%n", deviation.expected());
    if (deviation.found() != null) {
      out.printf("        found    %s%n", deviation.found());
    }
  }

  private static String signed(VerificationResult result) {
    SignedExtent signed = result.signed();
    String erased =
        result.erasedLines() > 0
            ? "; erased, as the log says: " + counted(result.erasedLines(), "line")
            : "";
    UnchainedLines before = result.beforeTheChain();
    if (before != null) {
      erased += "; before the chain began: " + counted(before.lines(), "line");
    }
    if (signed.checkpoints() == 0) {
      return "nothing is signed" + erased;
    }
    return "%s, signed by %s, up to line %d (%s, byte %d) at %s"
            .formatted(
                counted(signed.checkpoints(), "checkpoint"),
                signed.pinned() ? "the pinned key" : "the key beside the log",
                signed.lines(),
                signed.file(),
                signed.bytes(),
                signed.time())
        + erased;
  }

  private static String gaps(VerificationResult result) {
    if (result.gaps().isEmpty()) {
      return "no gaps";
    }
    List<String> counts =
        result.gaps().stream()
            .map(
                gap ->
                    "%s (%s) by %s"
                        .formatted(
                            counted(gap.gaps(), "gap"),
                            counted(gap.offsets(), "offset"),
                            gap.because()))
            .toList();
    return String.join(", ", counts);
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
