package io.eventagents.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions on a {@link Chain}. Each assertion first checks the metadata, without the test saying
 * so: one correlation id; every cause an event of the chain or, for a root, a call; no id with two
 * contents; headers that repeat the body. A failed assertion shows the chain as a tree.
 */
public final class ChainAssert extends AbstractAssert<ChainAssert, Chain> {

  private ChainAssert(Chain actual) {
    super(actual, ChainAssert.class);
  }

  /** Starts assertions; {@code assertThat(chain)} of AssertJ does the same. */
  public static ChainAssert assertThatChain(Chain chain) {
    return new ChainAssert(chain);
  }

  /** The metadata of all events is right. */
  public ChainAssert isConsistent() {
    isNotNull();
    List<String> problems = actual.problems();
    if (!problems.isEmpty()) {
      failWithMessage("%nThe metadata is wrong:%n%s%nin %s", lines(problems), actual);
    }
    return this;
  }

  /**
   * It has events of these types, and maybe others.
   *
   * @param types in any order; one that is named twice is there twice at least
   */
  public ChainAssert hasEvents(String... types) {
    isConsistent();
    List<String> missing = without(Arrays.asList(types), actual.types());
    if (!missing.isEmpty()) {
      failWithMessage("%nExpected %s also in %s", missing, actual);
    }
    return this;
  }

  /**
   * It has events of these types, and no others.
   *
   * @param types in any order; one that is named twice is there twice
   */
  public ChainAssert hasExactlyEvents(String... types) {
    hasEvents(types);
    List<String> unexpected = without(actual.types(), Arrays.asList(types));
    if (!unexpected.isEmpty()) {
      failWithMessage("%nExpected no %s in %s", unexpected, actual);
    }
    return this;
  }

  /** Nothing was published. */
  public ChainAssert hasNoEvents() {
    return hasExactlyEvents();
  }

  /**
   * It has no event of any of these types.
   *
   * @param types at least one
   */
  public ChainAssert hasNone(String... types) {
    isConsistent();
    List<String> unexpected = new ArrayList<>(actual.types());
    unexpected.retainAll(Arrays.asList(types));
    if (!unexpected.isEmpty()) {
      failWithMessage("%nExpected no %s in %s", unexpected, actual);
    }
    return this;
  }

  /**
   * The one event of a type caused events of these types, and no others.
   *
   * @param cause the type of the one event
   * @param effects in any order; none if it caused nothing
   */
  public ChainAssert hasCaused(String cause, String... effects) {
    isConsistent();
    List<String> caused =
        actual.causedBy(actual.single(cause)).stream().map(ChainEvent::eventType).toList();
    List<String> expected = Arrays.asList(effects);
    if (!without(expected, caused).isEmpty() || !without(caused, expected).isEmpty()) {
      failWithMessage("%nExpected %s to have caused %s in %s", cause, expected, actual);
    }
    return this;
  }

  /** Each event was published once. */
  public ChainAssert isPublishedOnce() {
    isConsistent();
    List<String> repeated =
        actual.events().stream()
            .filter(event -> actual.occurrences(event) > 1)
            .map(ChainEvent::toString)
            .toList();
    if (!repeated.isEmpty()) {
      failWithMessage(
          "%nExpected each event once, but%n%s%ncame again in %s", lines(repeated), actual);
    }
    return this;
  }

  private static List<String> without(List<String> types, List<String> others) {
    List<String> rest = new ArrayList<>(types);
    others.forEach(rest::remove);
    return rest;
  }

  private static String lines(List<String> texts) {
    return "  " + String.join(System.lineSeparator() + "  ", texts);
  }
}
