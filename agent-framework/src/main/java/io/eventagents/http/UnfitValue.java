package io.eventagents.http;

/** A value is not fit for its field; thrown by readers of {@link JsonFields}. */
public final class UnfitValue extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String expected;

  /**
   * @param expected what the value must be, {@code must be text}
   */
  public UnfitValue(String expected) {
    super(expected, null, false, false);
    this.expected = expected;
  }

  String expected() {
    return expected;
  }
}
