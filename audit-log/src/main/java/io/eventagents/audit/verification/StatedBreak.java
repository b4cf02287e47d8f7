package io.eventagents.audit.verification;

import io.eventagents.audit.proof.LogBreak;
import java.time.Instant;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Lines that were signed and are in no file, as somebody stated.
 *
 * @param from the first of them, as they were counted then
 * @param to the last of them
 * @param lines how many
 * @param chain the hash that the last of them had
 * @param signedAt when that was signed
 * @param signedBy the id of the key that did
 * @param statedAt when it was stated that they are missing
 * @param by who stated it
 * @param because why they are missing
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StatedBreak(
    long from,
    long to,
    long lines,
    String chain,
    Instant signedAt,
    String signedBy,
    Instant statedAt,
    String by,
    String because) {

  static StatedBreak of(LogBreak said) {
    return new StatedBreak(
        said.from(),
        said.to(),
        said.to() - said.from() + 1,
        said.checkpoint().chain(),
        said.signedAt(),
        said.signed().signatures().getFirst().keyId(),
        said.time(),
        said.by(),
        said.because());
  }

  /** In words. */
  @Override
  public String toString() {
    return LogBreak.inWords(from, to, signedAt, by, statedAt, because);
  }
}
