package io.eventagents.audit.index;

import java.util.List;

/**
 * The records of which the index has only the position and the ids.
 *
 * @param count how many
 * @param latest some of them, the last logged first
 */
public record RecordsInPart(long count, List<InPart> latest) {

  /** No records. */
  public static final RecordsInPart NONE = new RecordsInPart(0, List.of());

  /** How many are named. */
  static final int NAMED = 20;

  /** Copies the list. */
  public RecordsInPart {
    latest = List.copyOf(latest);
  }

  /**
   * One of them.
   *
   * @param because why it is not indexed completely
   */
  public record InPart(RecordPlace place, String because) {}
}
