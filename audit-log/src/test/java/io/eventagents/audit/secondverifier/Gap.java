package io.eventagents.audit.secondverifier;

import java.util.Set;

/** Offsets that were never delivered, both inclusive (section "Digest, gap and chain"). */
record Gap(long from, long to, String because, String json) {

  static final String BEGIN = ",\"gap\":{";

  private static final Set<String> ACCOUNTED = Set.of("transactions", "compaction");
  private static final Set<String> HOLES = Set.of("retention", "skipped", "unknown");

  /** Reads a gap that has to end where the bytes end. */
  static Gap read(byte[] line, int from, int end) throws FormException {
    Cursor cursor = new Cursor(line, from, end);
    cursor.expect(BEGIN + "\"from\":");
    long first = cursor.number(Long.MAX_VALUE);
    cursor.expect(",\"to\":");
    long last = cursor.number(Long.MAX_VALUE);
    cursor.expect(",\"because\":");
    int at = cursor.at();
    String because = cursor.string();
    if (!ACCOUNTED.contains(because) && !HOLES.contains(because)) {
      throw new FormException("transactions, compaction, retention, skipped or unknown", at);
    }
    cursor.expect("}");
    cursor.expectEnd("nothing behind the gap");
    int brace = from + BEGIN.length() - 1;
    return new Gap(
        first, last, because, new Cursor(line, brace, end).characters(end - brace, "a gap"));
  }

  /** Whether the broker does not account for it (section "What has to hold", COMPLETE). */
  boolean isHole() {
    return HOLES.contains(because);
  }

  @Override
  public String toString() {
    return "offsets " + from + " to " + to + " because of " + because;
  }
}
