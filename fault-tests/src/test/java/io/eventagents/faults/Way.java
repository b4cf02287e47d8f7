package io.eventagents.faults;

/** How an application reaches a server, if not straight. */
enum Way {
  /** The broker through the proxy that may be slow. */
  SLOW_BROKER,
  /** The broker as a user with a password, who may do what rules allow. */
  GUARDED_BROKER,
  /** The database through the proxy that may lose connections. */
  DATABASE_DETOUR
}
