package io.eventagents;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by an agent when what it depends on is down: the mail server refuses connections, the
 * webhook answers 429 or 503.
 *
 * <pre>{@code
 * throw new DependencyUnavailable("smtp.example.com:25", refused);
 * }</pre>
 *
 * <p>The agent pauses without leaving its group and tries again, the same event first, until it
 * answers. Nothing goes to the dead letters, the lag grows, and health names the dependency. Of one
 * refused recipient or one locked row throw something else: that is a retry of one event.
 */
public final class DependencyUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String dependency;
  private final @Nullable Duration retryAfter;

  /**
   * @param dependency what is waited for, as an operator would name it; shown in health
   * @param cause what the attempt failed with
   */
  public DependencyUnavailable(String dependency, @Nullable Throwable cause) {
    this(dependency, null, cause);
  }

  /**
   * @param dependency what is waited for, as an operator would name it; shown in health
   * @param retryAfter how long the other end asked to be left alone; null if it did not say
   * @param cause what the attempt failed with
   */
  public DependencyUnavailable(
      String dependency, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(
        dependency + " is unavailable" + (retryAfter == null ? "" : ", again in " + retryAfter),
        cause);
    this.dependency = dependency;
    this.retryAfter = retryAfter;
  }

  /** What is waited for. */
  public String dependency() {
    return dependency;
  }

  /** How long the other end asked to be left alone. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
