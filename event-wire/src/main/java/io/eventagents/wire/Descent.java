package io.eventagents.wire;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's events descend from: the event that it is given, and the agent itself.
 *
 * <p>While an agent is called, it is kept with the thread, so that what the agent publishes itself
 * descends from the event as well as what it returns. A timer has no such event: what it publishes
 * starts anew.
 */
public final class Descent {

  private static final ThreadLocal<@Nullable Descent> CURRENT = new ThreadLocal<>();

  private final byte[] header;

  /**
   * @param ancestry that of the event
   * @param agent who is given it
   */
  public Descent(Ancestry ancestry, String agent) {
    this.header = ancestry.with(agent);
  }

  /** Calls the agent. */
  public <T> T during(Supplier<T> call) {
    Descent outer = CURRENT.get();
    CURRENT.set(this);
    try {
      return call.get();
    } finally {
      CURRENT.set(outer);
    }
  }

  /** The header of what is published now; null outside the call of an agent. */
  static byte @Nullable [] currentHeader() {
    Descent current = CURRENT.get();
    return current == null ? null : current.header;
  }

  /** The header of what the agent emits; the same each time, and must not be changed. */
  byte[] header() {
    return header;
  }
}
