package io.eventagents.audit.chain;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How chains are read, {@code audit.chain-limit} and {@code audit.call-prefixes}.
 *
 * @param chainLimit how many events of one chain an answer has at most
 * @param callPrefixes the prefixes of the ids of calls, which root events name as their causes; any
 *     other cause that is not logged is a gap in its chain
 */
@ConfigurationProperties("audit")
public record ChainSettings(
    @DefaultValue("10000") int chainLimit, @DefaultValue("api-") List<String> callPrefixes) {

  /**
   * @throws IllegalArgumentException if the limit is not positive or a prefix is blank
   */
  public ChainSettings {
    if (chainLimit < 1) {
      throw new IllegalArgumentException("audit.chain-limit must be at least 1");
    }
    callPrefixes = List.copyOf(callPrefixes);
    if (callPrefixes.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "audit.call-prefixes has a blank prefix, which every id begins with: name each, such as api-");
    }
  }
}
