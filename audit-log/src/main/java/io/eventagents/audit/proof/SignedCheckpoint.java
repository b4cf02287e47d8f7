package io.eventagents.audit.proof;

/** A checkpoint and the note that it was read from. */
record SignedCheckpoint(SignedNote note, Checkpoint checkpoint) {

  long lines() {
    return checkpoint.lines();
  }
}
