package io.eventagents.faults;

/**
 * A record that another program wrote.
 *
 * @param place its place
 * @param kind its kind
 */
record ForeignRecord(Place place, Kind kind) {

  /** The kinds of records that another program may write. */
  enum Kind {
    /** A valid event. */
    GOOD,
    /** Another copy of an event. */
    DUPLICATE,
    /** A record of a type that agents handle, but that cannot be read as such. */
    POISON
  }
}
