package io.eventagents.benchmarks.rig;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments on the command line, as {@code --name=value}. */
public final class Arguments {

  private static final Map<String, String> DEFAULTS = defaults();

  private final Map<String, String> given = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if an argument is unknown; the message lists all of them
   */
  public Arguments(String... arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = argument.startsWith("--") && equals > 2 ? argument.substring(2, equals) : "";
      if (!DEFAULTS.containsKey(name)) {
        throw new IllegalArgumentException(
            "%s is not an argument; the arguments and their defaults are: %s"
                .formatted(argument, describe()));
      }
      given.put(name, argument.substring(equals + 1));
    }
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("only", "");
    defaults.put("out", "");
    defaults.put("rounds", "7");
    defaults.put("warm-up", "4");
    defaults.put("events", "60000");
    defaults.put("partitions", "4");
    defaults.put("tasks", "5000");
    defaults.put("ways", "");
    defaults.put("child-options", "");
    defaults.put("skip-events", "300000");
    defaults.put("external-events", "10000");
    defaults.put("external-rounds", "3");
    defaults.put("curve-points", "");
    defaults.put("curve-rounds", "3");
    defaults.put("curve-events", "40000");
    defaults.put("http-requests", "3000");
    defaults.put("http-clients", "16");
    defaults.put("latency-tasks", "200");
    defaults.put("latency-rate", "200");
    defaults.put("latency-seconds", "20");
    defaults.put("mail-events", "20000");
    defaults.put("mail-rounds", "3");
    defaults.put("memory-minutes", "10");
    defaults.put("memory-idle-seconds", "60");
    defaults.put("memory-rate", "50");
    defaults.put("reminders", "100000");
    defaults.put("audit-events", "300000");
    defaults.put("index-events", "150000");
    defaults.put("lookup-events", "10000000");
    defaults.put("lookup-requests", "1000");
    defaults.put("verify-gib", "1,10");
    return defaults;
  }

  private static String describe() {
    return String.join(
        " ",
        DEFAULTS.entrySet().stream()
            .map(each -> "--" + each.getKey() + "=" + each.getValue())
            .toList());
  }

  /** A text; empty if it was not given and has no default. */
  public String text(String name) {
    @Nullable String value = given.getOrDefault(name, DEFAULTS.get(name));
    if (value == null) {
      throw new IllegalArgumentException("There is no argument " + name);
    }
    return value;
  }

  /**
   * A whole number of at least 1.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public int number(String name) {
    String value = text(name);
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--" + name + "=" + value + " is not a whole number", e);
    }
    throw new IllegalArgumentException("--" + name + "=" + value + " is not at least 1");
  }

  /** The comma-separated words of a text. */
  public List<String> words(String name) {
    String value = text(name);
    return value.isBlank()
        ? List.of()
        : Arrays.stream(value.split(",")).map(String::strip).toList();
  }
}
