package io.eventagents.audit.chain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What is expected of chains, {@code audit.console.expectations}.
 *
 * @param expectations what should follow which event; if not set, what is expected in a system of
 *     these agents
 */
@ConfigurationProperties("audit.console")
record ExpectationSettings(@Nullable List<Expectation> expectations) {

  List<Expectation> orOurs() {
    return expectations == null ? Expectation.OURS : expectations;
  }
}
