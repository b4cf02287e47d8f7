package io.eventagents.wire;

/**
 * How far a chain may go before an agent stops it: agents that answer each other's events would go
 * on for ever.
 *
 * @param maxDepth how many events an event may go back to
 * @param maxRepeats how many of them may be the agent's own
 */
public record ChainLimits(int maxDepth, int maxRepeats) {

  /** In force where nothing is set. */
  public static final ChainLimits DEFAULT = new ChainLimits(100, 10);

  /**
   * @throws IllegalArgumentException if an agent could not even be given what starts a chain; the
   *     message names the part
   */
  public ChainLimits {
    require("max-depth", maxDepth);
    require("max-repeats", maxRepeats);
  }

  private static void require(String part, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          part + " is " + value + "; set at least 1, or no event could cause another");
    }
  }

  /**
   * Whether the agent may be given the event.
   *
   * @throws RunawayChain if it may not
   */
  public void check(String agent, Ancestry ancestry) {
    if (ancestry.depth() > maxDepth) {
      throw new RunawayChain(
          "The chain runs away: the event goes back to "
              + ancestry.depth()
              + " others, max-depth is "
              + maxDepth);
    }
    if (ancestry.depth() > maxRepeats && ancestry.timesOf(agent) > maxRepeats) {
      throw new RunawayChain(
          "The chain goes round in circles: the event goes back to "
              + ancestry.timesOf(agent)
              + " others of "
              + agent
              + " itself, max-repeats is "
              + maxRepeats);
    }
  }
}
