package io.eventagents.audit.verification;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code state-break} is called with.
 *
 * @param directory where the log is
 * @param by who states the break
 * @param because why lines are missing
 * @param signingKey the file with the key that signs the log; null for beside it
 * @param broker where the broker is; null if it is not asked
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
   * @throws IllegalArgumentException if they are not as {@link #USAGE} says
   */
  static StateBreakArguments of(List<String> arguments) {
    CommandArguments taken =
        CommandArguments.of(
            arguments, Set.of("--by", "--because", "--signing-key"), Set.of("--without-broker"));
    String by = taken.value("--by");
    String because = taken.value("--because");
    if (by == null || because == null) {
      throw new IllegalArgumentException("--by and --because are missing: who states it, and why");
    }
    String broker = taken.broker();
    if ((broker == null) != taken.has("--without-broker")) {
      throw new IllegalArgumentException(
          "give --broker, whose checkpoints the log is compared with, or --without-broker where"
              + " there is none");
    }
    return new StateBreakArguments(
        taken.directory(),
        by,
        because,
        taken.file("--signing-key"),
        broker,
        taken.brokerConfiguration());
  }
}
