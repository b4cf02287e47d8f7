package io.eventagents.audit.verification;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code verify} is called with.
 *
 * @param directory where the log is
 * @param checkpoints files with checkpoints that were kept elsewhere
 * @param key the file with the key that was pinned; null if none was
 * @param broker where the broker is; null if it is not asked
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

  /** Behind the name of the program. */
  static final String USAGE =
      " DIR [--checkpoint FILE]... [--key FILE] [--broker HOST:PORT [--broker-config FILE]]"
          + " [--progress]";

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they are not as {@link #USAGE} says
   */
  static VerifyArguments of(List<String> arguments) {
    CommandArguments taken =
        CommandArguments.of(arguments, Set.of("--checkpoint", "--key"), Set.of("--progress"));
    return new VerifyArguments(
        taken.directory(),
        taken.files("--checkpoint"),
        taken.file("--key"),
        taken.broker(),
        taken.brokerConfiguration(),
        taken.has("--progress"));
  }
}
