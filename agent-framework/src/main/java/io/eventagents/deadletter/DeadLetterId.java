package io.eventagents.deadletter;

import java.util.Optional;

/**
 * Names a dead letter of an agent: {@code 3-17} is offset 17 of partition 3 of its dead letters.
 *
 * @param partition the partition
 * @param offset the offset
 */
record DeadLetterId(int partition, long offset) {

  static Optional<DeadLetterId> parse(String text) {
    int hyphen = text.indexOf('-');
    try {
      return hyphen < 1
          ? Optional.empty()
          : Optional.of(
              new DeadLetterId(
                  Integer.parseUnsignedInt(text.substring(0, hyphen)),
                  Long.parseUnsignedLong(text.substring(hyphen + 1))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return partition + "-" + offset;
  }
}
