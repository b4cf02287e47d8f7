package io.eventagents.audit.archive;

import io.eventagents.audit.log.LogDirectory;
import io.eventagents.background.BackgroundLoop;
import io.eventagents.background.Backoff;
import io.eventagents.background.FailureOnce;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Takes care of old files, in the background: compresses them and, where a bucket is set, ships
 * them. The newest file is never touched. A file that fails is tried again behind the others, and
 * complained about once.
 */
public final class Archive implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Archive.class);

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Backoff DELAYS = new Backoff(LOOK_AGAIN, Duration.ofHours(1));

  /** What positions.json can be of; a start needs it. */
  private static final int ALWAYS_KEPT = 2;

  private final LogDirectory directory;
  private final ArchiveSettings settings;
  private final Clock clock;
  private final FileCompressor compressor;
  private final FileAges ages;
  private final BackgroundLoop background =
      BackgroundLoop.named("audit-archive").repeating(this::keepUp);

  private final @Nullable Shipping shipping;

  private final EachFile compressing = new EachFile();
  private final EachFile shipped = new EachFile();
  private final EachFile removed = new EachFile();

  private final FailureOnce failing = new FailureOnce();
  private Duration shippingDelay = Duration.ZERO;
  private Instant shipAgain = Instant.MIN;

  /**
   * @param shipping null where nothing is shipped
   */
  Archive(
      LogDirectory directory, ArchiveSettings settings, @Nullable Shipping shipping, Clock clock) {
    this.directory = directory;
    this.settings = settings;
    this.shipping = shipping;
    this.clock = clock;
    this.compressor = new FileCompressor(directory);
    this.ages = new FileAges(directory);
  }

  static void measure(Shipping shipping, MeterRegistry meters) {
    Gauge.builder("audit.archive.unshipped", shipping, Archive::unshipped)
        .description("Compressed files of the audit log that are not in the bucket")
        .register(meters);
  }

  @Override
  public void start() {
    background.start();
  }

  @Override
  public void stop() {
    background.stop();
  }

  @Override
  public boolean isRunning() {
    return background.isRunning();
  }

  private Duration keepUp() {
    round();
    return LOOK_AGAIN;
  }

  /** Does what is due. */
  void round() {
    compressAll();
    if (shipping != null && !clock.instant().isBefore(shipAgain)) {
      shipAll(shipping);
    }
  }

  private void compressAll() {
    if (!settings.compress()) {
      return;
    }
    try {
      List<String> files = directory.files();
      EachFile.Failure failure =
          compressing.run(files.subList(0, Math.max(0, files.size() - 1)), this::compressWhenDue);
      if (failure != null) {
        notCompressed(failure.file(), failure.because());
      } else if (failing.ends()) {
        log.info("Old files of the audit log are compressed again");
      }
    } catch (IOException e) {
      notCompressed("An old file of the audit log", e);
    }
  }

  private void notCompressed(String file, Exception because) {
    if (failing.begins()) {
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
    shippingDelay = DELAYS.next(shippingDelay);
    shipAgain = clock.instant().plus(shippingDelay);
  }

  private void removeWhenDue(String file, Shipping from) throws IOException {
    Duration keep = settings.keepLocal();
    if (keep == null || !isOver(file, keep)) {
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
    if (!isOver(file, settings.compressAfter())) {
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

  private static double unshipped(Shipping shipping) {
    try {
      return shipping.unshipped();
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private boolean isOver(String file, Duration sinceItsDay) throws IOException {
    Instant now = clock.instant();
    return ages.end(file, now).filter(end -> !now.isBefore(end.plus(sinceItsDay))).isPresent();
  }
}
