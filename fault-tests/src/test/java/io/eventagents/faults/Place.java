package io.eventagents.faults;

/** The place of a record. */
record Place(String topic, int partition, long offset) {

  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
