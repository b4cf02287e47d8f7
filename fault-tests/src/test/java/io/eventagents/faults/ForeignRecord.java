package io.eventagents.faults;

/**
 * A record that another program wrote.
 *
 * @param place where it stands
 * @param kind what it is
 */
record ForeignRecord(Place place, Kind kind) {

  /** What another program may write. */
  enum Kind {
    /** An event as it should be. */
    GOOD,
    /** Another copy of an event. */
    DUPLICATE,
    /** Of a type that agents take, but not to be read as such. */
    POISON
  }
}
