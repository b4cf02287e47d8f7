package io.eventagents.faults;

/** Something that must be true when everything has settled. */
interface Check {

  void check(Topics topics, Findings findings);
}
