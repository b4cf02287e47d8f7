package io.eventagents.audit.verification;

import java.time.Clock;
import java.util.List;

/** {@code verify} as a program of its own: {@code java -jar audit-log-verify.jar DIR}. */
public final class VerifyMain {

  private static final String PROGRAM = "audit-log-verify.jar";

  private VerifyMain() {}

  /**
   * Verifies, and exits with the code that {@link VerifyCommand} says.
   *
   * @param args those of {@code verify}, and the word itself if it is wanted
   */
  public static void main(String[] args) {
    // Nothing is logged: that would stand between the verdicts. Nor is it told that nothing is.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    List<String> arguments = List.of(args);
    if (args.length > 0 && args[0].equals(VerifyCommand.NAME)) {
      arguments = arguments.subList(1, args.length);
    }
    System.exit(
        new VerifyCommand(PROGRAM, System.out, System.err, Clock.systemUTC()).run(arguments));
  }
}
