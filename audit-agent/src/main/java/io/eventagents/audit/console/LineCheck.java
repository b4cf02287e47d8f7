package io.eventagents.audit.console;

import io.eventagents.audit.index.FoundRecord;

/** Compares what the index says of a record with its line in the log. Thread-safe. */
interface LineCheck {

  /** Reads the line and checks it. */
  LineVerdict check(FoundRecord record);
}
