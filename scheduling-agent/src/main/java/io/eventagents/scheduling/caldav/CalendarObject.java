package io.eventagents.scheduling.caldav;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be on a calendar server, and what is known to be there.
 *
 * @param isWanted whether it is to be there
 * @param wish which of the wishes for it this is
 * @param etag the server's name for the state that we left; null where it never told one
 * @param failures how often the server did not take it
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
