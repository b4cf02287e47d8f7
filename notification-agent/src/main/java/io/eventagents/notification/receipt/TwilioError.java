package io.eventagents.notification.receipt;

import java.util.Set;

/** Twilio's error codes, which it answers with at once or reports later. */
public final class TwilioError {

  /**
   * The number is invalid (21211), wants no texts of this sender (21610), or is no mobile number
   * (21614, 21635); the handset is unknown (30005); a landline or a carrier that cannot be reached
   * (30006).
   */
  private static final Set<Integer> OF_THE_NUMBER =
      Set.of(21211, 21610, 21614, 21635, 30005, 30006);

  private TwilioError() {}

  /** Whether no text reaches the number, so that the next one would fail too. */
  public static boolean isOfTheNumber(int code) {
    return OF_THE_NUMBER.contains(code);
  }
}
