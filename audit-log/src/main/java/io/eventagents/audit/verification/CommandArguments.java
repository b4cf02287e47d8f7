package io.eventagents.audit.verification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a command for a log is called with: a directory, and options, each with a value or without.
 * Of an option that is given twice the last value counts. Immutable.
 */
final class CommandArguments {

  private static final String BROKER = "--broker";
  private static final String BROKER_CONFIGURATION = "--broker-config";

  private final Path directory;
  private final Map<String, List<String>> options;

  private CommandArguments(Path directory, Map<String, List<String>> options) {
    this.directory = directory;
    this.options = options;
  }

  /**
   * Takes them apart.
   *
   * @param valued the options that have a value, beside {@code --broker} and {@code
   *     --broker-config}
   * @param bare those that have none
   * @throws IllegalArgumentException if one is none of these, a value or the directory is missing,
   *     or the broker is configured and not named
   */
  static CommandArguments of(List<String> arguments, Set<String> valued, Set<String> bare) {
    Path directory = null;
    Map<String, List<String>> options = new HashMap<>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String argument = rest.next();
      boolean isValued =
          valued.contains(argument)
              || argument.equals(BROKER)
              || argument.equals(BROKER_CONFIGURATION);
      if (isValued || bare.contains(argument)) {
        options
            .computeIfAbsent(argument, option -> new ArrayList<>())
            .add(isValued ? value(argument, rest) : "");
      } else if (argument.startsWith("-") || directory != null) {
        throw new IllegalArgumentException("what is " + argument + "?");
      } else {
        directory = Path.of(argument);
      }
    }
    if (directory == null) {
      throw new IllegalArgumentException("the directory of the log is missing");
    }
    CommandArguments taken = new CommandArguments(directory, options);
    if (taken.has(BROKER_CONFIGURATION) && !taken.has(BROKER)) {
      throw new IllegalArgumentException("--broker-config needs --broker HOST:PORT");
    }
    return taken;
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  /** Where the log is. */
  Path directory() {
    return directory;
  }

  /** Where the broker is; null if it is not asked. */
  @Nullable String broker() {
    return value(BROKER);
  }

  /** A file with how to reach it, as Kafka's tools have it; null for none. */
  @Nullable Path brokerConfiguration() {
    return file(BROKER_CONFIGURATION);
  }

  boolean has(String option) {
    return options.containsKey(option);
  }

  /** The value of an option; null if it is not given. */
  @Nullable String value(String option) {
    List<String> values = options.get(option);
    return values == null ? null : values.getLast();
  }

  /** The same as the name of a file. */
  @Nullable Path file(String option) {
    String value = value(option);
    return value == null ? null : Path.of(value);
  }

  /** The values of an option as names of files, in their order. */
  List<Path> files(String option) {
    return options.getOrDefault(option, List.of()).stream().map(Path::of).toList();
  }
}
