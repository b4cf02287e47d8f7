package io.eventagents.faults;

/** A condition that must hold when everything has settled. */
interface Check {

  void check(Topics topics, Findings findings);
}
