package io.eventagents.binding;

import io.eventagents.wire.PayloadTypes;

/** What an agent takes. */
public sealed interface Intake {

  /**
   * Events of certain types.
   *
   * @param types the payloads it reads them as
   */
  record Events(PayloadTypes types) implements Intake {}

  /**
   * Every record of the topics that match.
   *
   * @param topicPattern a regular expression
   */
  record Records(String topicPattern) implements Intake {}
}
