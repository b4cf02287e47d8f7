package io.eventagents.audit.secondverifier;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found. All of it is counted, and the first of each kind is kept, since a hostile log may
 * have any number.
 */
final class Findings {

  private static final int KEPT = 1_000;
  private static final int LONGEST = 400;

  private final List<String> deviations = new ArrayList<>();
  private final List<String> holes = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private long deviationCount;
  private long holeCount;
  private long gapCount;

  /** Something that section "What has to hold" forbids: the log is not unchanged. */
  void deviation(Place place, int rule, String expected, String found) {
    deviationCount++;
    keep(deviations, place + ": rule " + rule + ": expected " + expected + ", found " + found);
  }

  /** Something that makes the log incomplete. */
  void hole(Place place, String what) {
    holeCount++;
    keep(holes, place + ": " + what);
  }

  /** A gap that the log gives a reason for. */
  void gap(Place place, String what) {
    gapCount++;
    keep(gaps, place + ": " + what);
  }

  void note(String what) {
    keep(notes, what);
  }

  long deviationCount() {
    return deviationCount;
  }

  long holeCount() {
    return holeCount;
  }

  long gapCount() {
    return gapCount;
  }

  List<String> deviations() {
    return List.copyOf(deviations);
  }

  List<String> holes() {
    return List.copyOf(holes);
  }

  List<String> gaps() {
    return List.copyOf(gaps);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  private static void keep(List<String> list, String text) {
    if (list.size() < KEPT) {
      list.add(printable(text));
    }
  }

  /** A hostile log must not write to the terminal of who verifies it. */
  static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
      char c = text.charAt(i);
      boolean shown = c == 0x2014 || (c >= 0x20 && c < 0x7f);
      printable.append(shown ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return text.length() > LONGEST ? printable + "..." : printable.toString();
  }
}
