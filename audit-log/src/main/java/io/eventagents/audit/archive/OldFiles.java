package io.eventagents.audit.archive;

import io.eventagents.audit.log.LogDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes care of old files: compresses them and, where a bucket is set, ships them. The newest file
 * is never touched. A file that fails is tried again behind the others, and complained about once.
 * Not thread-safe.
 */
public final class OldFiles {

  private static final Logger log = LoggerFactory.getLogger(OldFiles.class);

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);

  /** What positions.json can be of; a start needs it. */
  private static final int ALWAYS_KEPT = 2;

  private final LogDirectory directory;
  private final Duration compressAfter;
  private final @Nullable Duration keepLocal;
  private final Clock clock;
  private final FileCompressor compressor;
  private final FileAges ages;
  private final @Nullable Shipping shipping;

  private final EachFile compressing = new EachFile();
  private final EachFile shipped = new EachFile();
  private final EachFile removed = new EachFile();

  private boolean failing;
  private Duration shippingDelay = Duration.ZERO;
  private Instant shipAgain = Instant.MIN;

  /**
   * @param compressAfter how long after the end of its day a file is compressed
   * @param keepLocal how long after the end of its day a file that was shipped stays; null for ever
   * @param shipping null if nothing is shipped
   */
  public OldFiles(
      LogDirectory directory,
      Duration compressAfter,
      @Nullable Duration keepLocal,
      @Nullable Shipping shipping,
      Clock clock) {
    this.directory = directory;
    this.compressAfter = compressAfter;
    this.keepLocal = keepLocal;
    this.shipping = shipping;
    this.clock = clock;
    this.compressor = new FileCompressor(directory);
    this.ages = new FileAges(directory);
  }

  /**
   * Does what is due.
   *
   * @return how long nothing is
   */
  public Duration round() {
    compressAll();
    if (shipping != null && !clock.instant().isBefore(shipAgain)) {
      shipAll(shipping);
    }
    return LOOK_AGAIN;
  }

  private void compressAll() {
    try {
      List<String> files = directory.files();
      EachFile.Failure failure =
          compressing.run(files.subList(0, Math.max(0, files.size() - 1)), this::compressWhenDue);
      if (failure != null) {
        notCompressed(failure.file(), failure.because());
      } else if (failing) {
        failing = false;
        log.info("Old files of the audit log are compressed again");
      }
    } catch (IOException e) {
      notCompressed("An old file of the audit log", e);
    }
  }

  private void notCompressed(String file, Exception because) {
    if (!failing) {
      failing = true;
      log.warn("{} cannot be compressed; it stays as it is and is tried again", file, because);
    }
  }

  private void shipAll(Shipping to) {
    try {
      List<String> files = directory.files();
      List<String> compressed =
          files.stream()
              .filter(file -> Files.exists(directory.content().compressed(file)))
              .toList();
      EachFile.Failure failure = shipped.run(compressed, to::ship);
      EachFile.Failure kept =
          removed.run(
              files.subList(0, Math.max(0, files.size() - ALWAYS_KEPT)),
              file -> removeWhenDue(file, to));
      if (failure != null) {
        notShipped(failure.file(), failure.because());
      } else if (kept != null) {
        notShipped(kept.file(), kept.because());
      } else {
        if (!shippingDelay.isZero()) {
          log.info("Old files of the audit log are shipped again");
        }
        shippingDelay = Duration.ZERO;
      }
    } catch (IOException e) {
      notShipped("Old files of the audit log", e);
    }
  }

  private void notShipped(String file, Exception because) {
    if (shippingDelay.isZero()) {
      log.warn(
          "{} cannot be shipped ({}); what is not shipped stays here, and it is tried again",
          file,
          because.getMessage());
    }
    Duration next = shippingDelay.isZero() ? LOOK_AGAIN : shippingDelay.multipliedBy(2);
    shippingDelay = next.compareTo(LONGEST_DELAY) < 0 ? next : LONGEST_DELAY;
    shipAgain = clock.instant().plus(shippingDelay);
  }

  private void removeWhenDue(String file, Shipping from) throws IOException {
    if (keepLocal == null || !isOver(file, keepLocal)) {
      return;
    }
    directory.changes().lock();
    try {
      boolean isCompressed = !Files.exists(directory.content().plain(file));
      if (isCompressed && from.isShipped(file)) {
        from.remove(file);
      }
    } finally {
      directory.changes().unlock();
    }
  }

  private void compressWhenDue(String file) throws IOException {
    if (!isOver(file, compressAfter)) {
      return;
    }
    directory.changes().lock();
    try {
      if (Files.exists(directory.content().plain(file))) {
        compressor.compress(file);
      }
    } finally {
      directory.changes().unlock();
    }
  }

  private boolean isOver(String file, Duration sinceItsDay) throws IOException {
    Instant now = clock.instant();
    return ages.end(file, now).filter(end -> !now.isBefore(end.plus(sinceItsDay))).isPresent();
  }
}
