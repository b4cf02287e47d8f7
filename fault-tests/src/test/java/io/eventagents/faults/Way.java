package io.eventagents.faults;

/** The ways in which an application reaches a server, if not directly. */
enum Way {
  /** The broker through a proxy that may be slow. */
  SLOW_BROKER,
  /** The broker as a user with a password and restricted permissions. */
  GUARDED_BROKER,
  /** The database through a proxy that may lose connections. */
  DATABASE_DETOUR
}
