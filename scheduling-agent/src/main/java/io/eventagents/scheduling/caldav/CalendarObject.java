package io.eventagents.scheduling.caldav;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An object that a calendar server should have, and what is known about it there.
 *
 * @param isWanted whether the server should have it, or have it no longer
 * @param wish the number of the latest wish
 * @param etag the server's ETag of the state that we left; null if it gave none
 * @param failures how many times the server did not accept it
 */
record CalendarObject(
    UUID reminderId,
    String ownerId,
    boolean isWanted,
    long wish,
    @Nullable String etag,
    int failures) {

  String name() {
    return reminderId + ".ics";
  }
}
