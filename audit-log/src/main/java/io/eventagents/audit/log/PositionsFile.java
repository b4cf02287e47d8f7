package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * The positions as they were at a place of the log, beside it, so that a start reads only what came
 * after. Derived: if it is missing or does not fit the log, all of the log is read.
 */
final class PositionsFile {

  static final String NAME = "positions.json";

  private static final int VERSION = 2;

  /** It knew nothing of the chain. */
  private static final int FIRST_VERSION = 1;

  private static final Logger log = LoggerFactory.getLogger(PositionsFile.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final LogDirectory directory;

  PositionsFile(LogDirectory directory) {
    this.directory = directory;
  }

  /** Keeps the positions at the end of this line. */
  void save(LogHead head, long lastLine, LogPositions positions) throws IOException {
    LogPlace end = head.end();
    List<Position> partitions = new ArrayList<>();
    for (Map.Entry<LogPartition, Long> position : positions.copy().entrySet()) {
      LogPartition partition = position.getKey();
      partitions.add(
          new Position(
              partition.topic(),
              partition.topicId().toString(),
              partition.partition(),
              position.getValue()));
    }
    String hash = hash(end.file(), lastLine, end.position());
    Snapshot snapshot =
        new Snapshot(
            VERSION,
            end.file(),
            lastLine,
            end.position(),
            hash,
            head.lines(),
            head.chain(),
            head.loggedAt().toString(),
            List.copyOf(partitions));
    directory.replace(NAME, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(snapshot));
  }

  /**
   * Takes the positions over.
   *
   * @return the place they are of; empty if there are none that can be trusted
   */
  Optional<LogRecovery.Recovered> load(LogPositions positions) {
    Path file = directory.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Snapshot snapshot = JSON.readValue(Files.readAllBytes(file), Snapshot.class);
      if (snapshot.v() == FIRST_VERSION) {
        log.info("{} is of an earlier version: all of the log is read once more", file);
        take(snapshot.partitions(), positions);
        return Optional.empty();
      }
      if (snapshot.v() != VERSION
          || snapshot.lines() == null
          || snapshot.chain() == null
          || snapshot.loggedAt() == null
          || !directory.content().has(snapshot.file())
          || directory.size(snapshot.file()) < snapshot.position()
          || !hash(snapshot.file(), snapshot.lastLine(), snapshot.position())
              .equals(snapshot.lastLineSha256())) {
        log.warn("{} does not fit the log: it is made again from all of the log", file);
        return Optional.empty();
      }
      take(snapshot.partitions(), positions);
      return Optional.of(
          new LogRecovery.Recovered(
              snapshot.lastLine(),
              new LogHead(
                  new LogPlace(snapshot.file(), snapshot.position()),
                  snapshot.lines(),
                  new LineChain(snapshot.chain()).chain(),
                  Instant.parse(snapshot.loggedAt())),
              isChained(snapshot)));
    } catch (IOException | JacksonException | IllegalArgumentException | DateTimeParseException e) {
      positions.clear();
      log.warn("{} cannot be read ({}): it is made again from all of the log", file, e.toString());
      return Optional.empty();
    }
  }

  private boolean isChained(Snapshot snapshot) throws IOException {
    return new LineEnds(directory.content())
        .chainAt(new LogPlace(snapshot.file(), snapshot.position()))
        .isPresent();
  }

  private static void take(List<Position> partitions, LogPositions positions) {
    for (Position position : partitions) {
      positions.put(
          new LogPartition(
              position.topic(), Uuid.fromString(position.topicId()), position.partition()),
          position.nextOffset());
    }
  }

  /** Of what an erasure leaves of the line. */
  private String hash(String file, long from, long to) throws IOException {
    byte[] line = directory.content().line(file, from, Math.toIntExact(to - from));
    return LineParts.fingerprint(line);
  }

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  private record Snapshot(
      int v,
      String file,
      long lastLine,
      long position,
      String lastLineSha256,
      @Nullable Long lines,
      @Nullable String chain,
      @Nullable String loggedAt,
      List<Position> partitions) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  private record Position(String topic, String topicId, int partition, long nextOffset) {}
}
