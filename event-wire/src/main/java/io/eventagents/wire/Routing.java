package io.eventagents.wire;

/** Whom a record is addressed to, told from its header, or from its body if it has none. */
public sealed interface Routing {

  /**
   * An event of a type that the agent takes.
   *
   * @param type the payload to read it as
   */
  record Addressed(PayloadType type) implements Routing {}

  /** A record that is none of the agent's business. */
  enum NotAddressed implements Routing {
    /** An event of a type that the agent does not take. */
    OTHER_TYPE,
    /** A record that has no readable type: addressed to nobody. */
    UNREADABLE
  }
}
