package io.eventagents.local;

import io.eventagents.local.generator.Generation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** {@code --generate-chains} and {@code --generate-seed}, or {@code local.generate-chains}. */
final class GeneratorArguments {

  static final String CHAINS = "generate-chains";
  static final String SEED = "generate-seed";

  private static final int MOST = 10_000_000;

  private GeneratorArguments() {}

  /**
   * Returns what to generate; empty if nothing was asked for.
   *
   * @throws StartRefused if an argument is not a number in its range
   */
  static Optional<Generation> of(Environment environment) {
    String chains = value(environment, CHAINS);
    String seed = value(environment, SEED);
    if (chains == null) {
      if (seed != null) {
        throw new StartRefused(
            "--generate-seed=%s has no effect on its own. Add --generate-chains=100000"
                .formatted(seed));
      }
      return Optional.empty();
    }
    return Optional.of(
        new Generation(
            (int) number(CHAINS, chains, 1, MOST),
            seed == null
                ? Instant.now().getEpochSecond()
                : number(SEED, seed, 0, Long.MAX_VALUE / 2_000_000)));
  }

  private static @Nullable String value(Environment environment, String name) {
    String given = environment.getProperty(name);
    return given == null ? environment.getProperty("local." + name) : given;
  }

  private static long number(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value.strip().replace("_", ""));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(name, value, least, most, e);
    }
    throw refused(name, value, least, most, null);
  }

  private static StartRefused refused(
      String name, String value, long least, long most, @Nullable Throwable cause) {
    return new StartRefused(
        "--%s=%s is not a whole number from %d to %d. An example: --generate-chains=100000"
            .formatted(name, value, least, most),
        cause);
  }
}
