package io.eventagents.audit.verification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code verify} is called with.
 *
 * @param directory where the log is
 * @param checkpoints files with checkpoints that were kept elsewhere
 * @param key the file with the key that was pinned; null where none was
 * @param broker where the broker is; null where it is not asked
 * @param brokerConfiguration a file with how to reach it, as Kafka's tools have it; null for none
 * @param progress whether to show progress even where nobody looks
 */
record VerifyArguments(
    Path directory,
    List<Path> checkpoints,
    @Nullable Path key,
    @Nullable String broker,
    @Nullable Path brokerConfiguration,
    boolean progress) {

  static final String USAGE =
      "usage: java -jar audit-agent-exec.jar verify DIR [--checkpoint FILE]... [--key FILE]"
          + " [--broker HOST:PORT [--broker-config FILE]] [--progress]";

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException where they are not as {@link #USAGE} says
   */
  static VerifyArguments of(List<String> arguments) {
    Path directory = null;
    List<Path> checkpoints = new ArrayList<>();
    Path key = null;
    String broker = null;
    Path brokerConfiguration = null;
    boolean progress = false;
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      switch (argument) {
        case "--checkpoint" -> checkpoints.add(Path.of(value(argument, rest)));
        case "--key" -> key = Path.of(value(argument, rest));
        case "--broker" -> broker = value(argument, rest);
        case "--broker-config" -> brokerConfiguration = Path.of(value(argument, rest));
        case "--progress" -> progress = true;
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
    if (brokerConfiguration != null && broker == null) {
      throw new IllegalArgumentException("--broker-config needs --broker HOST:PORT");
    }
    return new VerifyArguments(
        directory, List.copyOf(checkpoints), key, broker, brokerConfiguration, progress);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
