package io.eventagents.audit;

import io.eventagents.audit.chain.Expectation;
import io.eventagents.audit.retention.ArchiveSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the audit agent, {@code audit.*}.
 *
 * @param directory where the log is written; relative to the working directory. It belongs on a
 *     volume that is kept, with one audit agent writing to it
 * @param chainLimit how many events of one chain an answer has at most
 * @param callPrefixes how the ids of calls begin that root events name as their causes; any other
 *     cause that is not logged is a gap in its chain
 * @param traceUrl where a trace is looked at, {@code {trace_id}} standing for its id, such as
 *     {@code http://localhost:16686/trace/{trace_id}}; without it, chains show the id alone
 * @param archive what becomes of old files
 * @param checkpoints how the log is signed
 * @param verification how the log is verified while the agent runs
 * @param console what the pages show, and to whom
 */
@ConfigurationProperties("audit")
public record AuditProperties(
    @DefaultValue("audit-log") Path directory,
    @DefaultValue("10000") int chainLimit,
    @DefaultValue("api-") List<String> callPrefixes,
    @Nullable String traceUrl,
    @DefaultValue ArchiveSettings archive,
    @DefaultValue Checkpoints checkpoints,
    @DefaultValue Verification verification,
    @DefaultValue Console console) {

  private static final Pattern ADDRESS = Pattern.compile("https?://[^/\\s]+.*\\{trace_id}\\S*");

  /**
   * How the log is signed, {@code audit.checkpoints.*}.
   *
   * @param interval how often, where lines were added; at least a second
   * @param signingKey the file with the key, PKCS#8 in PEM as {@code openssl genpkey -algorithm
   *     ed25519} writes it; unless set, one is made beside the log
   * @param formerSigningKey the file with the key so far, where another is to follow it
   */
  public record Checkpoints(
      @DefaultValue("1m") Duration interval,
      @Nullable Path signingKey,
      @Nullable Path formerSigningKey) {

    /**
     * @throws IllegalArgumentException where the interval is too short
     */
    public Checkpoints {
      if (interval.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException(
            "audit.checkpoints.interval has to be at least a second");
      }
    }
  }

  /**
   * How the log is verified while the agent runs, {@code audit.verification.*}.
   *
   * @param interval how often all of it is; at least a minute
   * @param bytesPerSecond how fast, so that logging does not suffer; a verification that somebody
   *     asks for goes as fast as it can
   */
  public record Verification(
      @DefaultValue("1d") Duration interval, @DefaultValue("20MB") DataSize bytesPerSecond) {

    /**
     * @throws IllegalArgumentException where the interval is too short, or the speed is none
     */
    public Verification {
      if (interval.compareTo(Duration.ofMinutes(1)) < 0) {
        throw new IllegalArgumentException(
            "audit.verification.interval has to be at least a minute");
      }
      if (bytesPerSecond.toBytes() < 1) {
        throw new IllegalArgumentException(
            "audit.verification.bytes-per-second has to be positive, such as 20MB");
      }
    }
  }

  /**
   * @throws IllegalArgumentException where the limit is not positive, or the address of traces is
   *     none or has no place for an id
   */
  public AuditProperties {
    if (chainLimit < 1) {
      throw new IllegalArgumentException("audit.chain-limit has to be at least 1");
    }
    callPrefixes = List.copyOf(callPrefixes);
    if (callPrefixes.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "audit.call-prefixes has a blank one, which all ids begin with: name each, such as api-");
    }
    if (traceUrl != null && !ADDRESS.matcher(traceUrl).matches()) {
      throw new IllegalArgumentException(
          "audit.trace-url is '%s': set an http or https address with {trace_id} in it, such as http://localhost:16686/trace/{trace_id}"
              .formatted(traceUrl));
    }
  }

  /**
   * Settings of the console, {@code audit.console.*}.
   *
   * @param expectations what should follow which event; without it, what is expected in a system of
   *     these agents
   * @param catalog a directory with the schemas of other agents' events, which say what in them is
   *     personal
   * @param showPersonal whether personal data are shown where no user has to be named; where users
   *     are, their right {@code audit-personal} decides
   * @param window how far back the page of the agents looks
   */
  public record Console(
      @Nullable List<Expectation> expectations,
      @Nullable Path catalog,
      @DefaultValue("false") boolean showPersonal,
      @DefaultValue("1h") Duration window) {

    /**
     * @throws IllegalArgumentException where the window is none
     */
    public Console {
      expectations = expectations == null ? Expectation.OURS : List.copyOf(expectations);
      if (window.isNegative() || window.isZero()) {
        throw new IllegalArgumentException("audit.console.window has to be more than 0");
      }
    }

    @Override
    public List<Expectation> expectations() {
      return expectations == null ? Expectation.OURS : expectations;
    }
  }
}
