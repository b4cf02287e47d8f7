package io.eventagents.audit.index;

import java.util.List;

/**
 * The records that the index has by their position and their ids only.
 *
 * @param count how many
 * @param latest some of them, the one that was logged last at the front
 */
public record RecordsInPart(long count, List<InPart> latest) {

  /** None. */
  public static final RecordsInPart NONE = new RecordsInPart(0, List.of());

  /** So many are named. */
  static final int NAMED = 20;

  /** Copies the list. */
  public RecordsInPart {
    latest = List.copyOf(latest);
  }

  /**
   * One of them.
   *
   * @param because why it is not indexed whole
   */
  public record InPart(RecordPlace place, String because) {}
}
