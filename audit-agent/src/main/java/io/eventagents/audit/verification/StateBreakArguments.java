package io.eventagents.audit.verification;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code state-break} is called with.
 *
 * @param directory where the log is
 * @param by who states the break
 * @param because why lines are missing
 * @param signingKey the file with the key that signs the log; null for beside it
 * @param broker where the broker is; null where it is not asked
 * @param brokerConfiguration a file with how to reach it, as Kafka's tools have it; null for none
 */
record StateBreakArguments(
    Path directory,
    String by,
    String because,
    @Nullable Path signingKey,
    @Nullable String broker,
    @Nullable Path brokerConfiguration) {

  static final String USAGE =
      "usage: java -jar audit-agent-exec.jar state-break DIR --by NAME --because REASON"
          + " (--broker HOST:PORT [--broker-config FILE] | --without-broker) [--signing-key FILE]";

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException where they are not as {@link #USAGE} says
   */
  static StateBreakArguments of(List<String> arguments) {
    Path directory = null;
    String by = null;
    String because = null;
    Path signingKey = null;
    String broker = null;
    Path brokerConfiguration = null;
    boolean withoutBroker = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--by" -> by = value(argument, rest);
        case "--because" -> because = value(argument, rest);
        case "--signing-key" -> signingKey = Path.of(value(argument, rest));
        case "--broker" -> broker = value(argument, rest);
        case "--broker-config" -> brokerConfiguration = Path.of(value(argument, rest));
        case "--without-broker" -> withoutBroker = true;
        default -> {
          if (argument.startsWith("-") || directory != null) {
            throw new IllegalArgumentException("what is " + argument + "?");
          }
          directory = Path.of(argument);
        }
      }
    }
    if (directory == null) {
      throw new IllegalArgumentException("the directory of the log is missing");
    }
    if (by == null || because == null) {
      throw new IllegalArgumentException("--by and --because are missing: who states it, and why");
    }
    if ((broker == null) != withoutBroker) {
      throw new IllegalArgumentException(
          "give --broker, whose checkpoints the log is compared with, or --without-broker where"
              + " there is none");
    }
    if (brokerConfiguration != null && broker == null) {
      throw new IllegalArgumentException("--broker-config needs --broker HOST:PORT");
    }
    return new StateBreakArguments(directory, by, because, signingKey, broker, brokerConfiguration);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
