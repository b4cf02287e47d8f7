package io.eventagents.audit.secondverifier;

/** A place in a file: lines are counted from 1, bytes from 0. */
record Place(String file, long line, long at) {

  static Place of(String file) {
    return new Place(file, 0, 0);
  }

  Place plus(long bytes) {
    return new Place(file, line, at + bytes);
  }

  @Override
  public String toString() {
    return line == 0 ? file : file + " line " + line + ", byte " + at;
  }
}
