package io.eventagents.web;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs refused requests to a logger of its own ({@value #LOGGER}) and counts them in a meter. It
 * counts all, and writes a line a second for each kind, which says how many were left out.
 * Thread-safe.
 */
final class SecurityLog {

  static final String LOGGER = "io.eventagents.security";

  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final int LINES_AT_ONCE = 60;
  private static final int LINES_A_MINUTE = 60;

  private final RefusalMeter meter;
  private final Map<RefusedRequest.Credential, Lines> lines =
      new EnumMap<>(RefusedRequest.Credential.class);

  SecurityLog(RefusalMeter meter, LongSupplier nanos) {
    this.meter = meter;
    for (RefusedRequest.Credential credential : RefusedRequest.Credential.values()) {
      lines.put(credential, new Lines(new Allowance(LINES_AT_ONCE, LINES_A_MINUTE, nanos)));
    }
  }

  void add(RefusedRequest refusal) {
    meter.count(refusal.credentials(), refusal.status());
    Lines ofItsKind = lines.get(refusal.credentials());
    if (ofItsKind != null) {
      ofItsKind.add(refusal);
    }
  }

  /** The lines of one kind, so that no kind crowds out the others. */
  private static final class Lines {

    private final Allowance allowance;
    private long leftOut;

    Lines(Allowance allowance) {
      this.allowance = allowance;
    }

    synchronized void add(RefusedRequest refusal) {
      if (!allowance.take()) {
        leftOut++;
        return;
      }
      write(refusal, leftOut == 0 ? "" : " (and " + leftOut + " like it since the line before)");
      leftOut = 0;
    }

    private static void write(RefusedRequest refusal, String others) {
      boolean nobody = refusal.credentials() == RefusedRequest.Credential.NONE;
      String user = refusal.user() == null ? "" : "user \"" + refusal.user() + "\" ";
      log.atLevel(nobody ? Level.INFO : Level.WARN)
          .log(
              "Refused with {}: {}from {}{}, {} {}{}{}",
              refusal.status(),
              nobody ? "nobody " : user,
              refusal.address(),
              nobody ? "" : " by " + refusal.credentials().tag(),
              refusal.method(),
              refusal.path(),
              nobody || refusal.reason() == null ? "" : ": " + refusal.reason(),
              others);
    }
  }
}
