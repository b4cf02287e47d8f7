package io.eventagents.local.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forges requests: each begins as a valid request, or nearly one, and is then changed in one to
 * four places. The same seed and number make the same request. Thread-safe.
 */
public final class RequestForge {

  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}|\\*\\*");

  private final List<Operation> operations;
  private final Map<String, Sample> samples;
  private final List<String> known;
  private final long seed;

  /**
   * A valid body.
   *
   * @param type its media type
   */
  public record Sample(String type, String body) {}

  /**
   * @param operations the operations to call
   * @param samples valid bodies by method and path, such as {@code POST /tasks}
   * @param known existing ids, for the variables in paths
   */
  public RequestForge(
      List<Operation> operations, Map<String, Sample> samples, List<String> known, long seed) {
    this.operations = List.copyOf(operations);
    this.samples = Map.copyOf(samples);
    this.known = List.copyOf(known);
    this.seed = seed;
  }

  /** Forges the request with this number. */
  public RawRequest forge(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    random.nextLong(); // neighbouring seeds have similar first values
    Operation operation = operations.get(random.nextInt(operations.size()));
    Draft draft = new Draft(operation.method(), path(operation, random));
    Sample sample = samples.get(operation.method() + " " + operation.path());
    if (sample != null) {
      draft.body = sample.body();
      draft.header("Content-Type", sample.type());
    }
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      change(operation, draft, random);
    }
    return draft.request();
  }

  private String path(Operation operation, Random random) {
    Matcher variables = VARIABLE.matcher(operation.path());
    StringBuilder path = new StringBuilder();
    while (variables.find()) {
      String value = random.nextBoolean() ? Hostile.one(random, known) : Hostile.encoded(random);
      variables.appendReplacement(path, Matcher.quoteReplacement(value));
    }
    return variables.appendTail(path).toString();
  }

  private void change(Operation operation, Draft draft, Random random) {
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3 -> draft.query.add(name(operation, random) + "=" + Hostile.encoded(random));
      case 4 -> draft.query.add(Hostile.encoded(random));
      case 5 -> draft.path += Hostile.encoded(random);
      case 6 -> draft.path = "/" + Hostile.encoded(random) + draft.path;
      case 7, 8, 9 -> header(draft, random);
      case 10 -> {
        draft.without("Content-Type");
        draft.header("Content-Type", Hostile.header(random));
      }
      case 11 -> draft.method = Hostile.one(random, Hostile.METHODS);
      case 12, 13, 14 -> draft.body = json(draft.body, random);
      case 15 -> draft.body = bytes(draft.body, random);
      case 16 -> draft.chunked = true;
      case 17 -> {
        draft.without("Content-Type");
        draft.header("Content-Type", "application/x-www-form-urlencoded");
        draft.body = name(operation, random) + "=" + Hostile.encoded(random) + "&a=%C3%A9";
      }
      case 18 -> draft.header("X-Forwarded-Host", Hostile.header(random));
      default -> framing(draft, random);
    }
  }

  private static String name(Operation operation, Random random) {
    return operation.parameters().isEmpty() || random.nextInt(4) == 0
        ? Hostile.one(
            random, List.of("limit", "cursor", "format", "x", "_method", "%FF", "", "a[0].b"))
        : Hostile.one(random, operation.parameters());
  }

  private static void header(Draft draft, Random random) {
    String name = Hostile.one(random, Hostile.HEADER_NAMES);
    if (random.nextBoolean()) {
      draft.without(name);
    }
    draft.header(name, Hostile.header(random));
    draft.last |= List.of("Connection", "Upgrade", "Expect").contains(name);
  }

  /** Replaces one of the body's values. */
  private static String json(String body, Random random) {
    int colon = body.isEmpty() ? -1 : body.indexOf(':', random.nextInt(body.length()));
    if (colon < 0) {
      return Hostile.json(random);
    }
    int end = colon + 1;
    while (end < body.length() && ",}]\n".indexOf(body.charAt(end)) < 0) {
      end++;
    }
    return body.substring(0, colon + 1) + Hostile.json(random) + body.substring(end);
  }

  /** Adds, removes or replaces a byte, or cuts the body short. */
  private static String bytes(String body, Random random) {
    if (body.isEmpty()) {
      return String.valueOf((char) random.nextInt(256));
    }
    int at = random.nextInt(body.length());
    char other = (char) random.nextInt(256);
    return switch (random.nextInt(4)) {
      case 0 -> body.substring(0, at);
      case 1 -> body.substring(0, at) + body.substring(at + 1);
      case 2 -> body.substring(0, at) + other + body.substring(at);
      default -> body.substring(0, at) + other + body.substring(at + 1);
    };
  }

  private static void framing(Draft draft, Random random) {
    draft.last = true;
    switch (random.nextInt(7)) {
      case 0 -> draft.version = Hostile.one(random, Hostile.VERSIONS);
      case 1 -> draft.without("Host");
      case 2 -> draft.headers.add(Hostile.header(random));
      case 3 -> draft.header("Content-Length", Hostile.header(random));
      case 4 -> draft.header("Transfer-Encoding", Hostile.header(random));
      case 5 ->
          draft.path =
              Hostile.one(
                  random,
                  List.of(
                      "*",
                      "",
                      "http://",
                      "http://[/",
                      "localhost:80",
                      "http://evil.example/",
                      "a"));
      default -> draft.headers.add(" folded: \u0001");
    }
  }
}
