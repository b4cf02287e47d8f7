package io.eventagents.wire;

/** An event of a chain that went further than {@link ChainLimits} allow. */
public final class RunawayChain extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Without a stack trace: there may be many, and the place says nothing. */
  RunawayChain(String reason) {
    super(reason, null, false, false);
  }

  /** How far it went, and how far it may. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
