package io.eventagents.audit.archive;

import io.eventagents.audit.log.LogDirectory;
import io.eventagents.audit.log.LogFiles;
import io.eventagents.audit.proof.CheckpointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ships compressed files to a bucket, each with the checkpoints of its day, and knows which are
 * there. Thread-safe.
 */
public final class Shipping implements RemovedFiles, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Shipping.class);

  private static final String PLAIN = ".jsonl";

  private final LogDirectory directory;
  private final LogFiles files;
  private final S3Bucket bucket;
  private final ShippedFiles shipped;

  /** Held while objects change, so that no older version of a file overtakes a newer one. */
  private final Lock uploads = new ReentrantLock();

  /** Objects beyond this go in parts, which S3 needs from 5 GiB on. */
  private static final long PART = 64L * 1024 * 1024;

  /** Ships the files of a log. */
  public Shipping(LogDirectory directory, S3Location location) {
    this(directory, new S3Bucket(location, directory.id().toString(), PART));
  }

  Shipping(LogDirectory directory, S3Bucket bucket) {
    this.directory = directory;
    this.files = directory.content();
    this.bucket = bucket;
    this.shipped = new ShippedFiles(directory);
  }

  /**
   * Ships a daily file that is compressed, and its checkpoints, if they were not yet as they are.
   *
   * @throws IOException if the bucket cannot be reached, or does not have them afterwards
   */
  public void ship(String file) throws IOException {
    for (Path part : parts(file)) {
      uploads.lock();
      try {
        if (!shipped.has(part)) {
          put(String.valueOf(part.getFileName()), part);
        }
      } finally {
        uploads.unlock();
      }
    }
  }

  /** Whether a daily file was shipped as it is. */
  boolean isShipped(String file) throws IOException {
    for (Path part : parts(file)) {
      if (!shipped.has(part)) {
        return false;
      }
    }
    return true;
  }

  /** How many compressed files are not shipped as they are. */
  public int unshipped() throws IOException {
    int count = 0;
    for (String file : directory.files()) {
      if (Files.exists(files.compressed(file)) && !isShipped(file)) {
        count++;
      }
    }
    return count;
  }

  /**
   * Removes a compressed file from the directory when it is safe in the bucket.
   *
   * @throws IOException if it is not there
   */
  void remove(String file) throws IOException {
    Path compressed = files.compressed(file);
    Long size = bucket.list().get(String.valueOf(compressed.getFileName()));
    if (size == null || size != Files.size(compressed) || !shipped.has(compressed)) {
      throw new IOException(
          "%s was shipped, but the bucket does not have it as it is: it is kept"
              .formatted(compressed));
    }
    Files.delete(compressed);
    directory.force();
    log.info("{} is in the bucket, and no longer in the directory", compressed);
  }

  @Override
  public List<String> names() throws IOException {
    String suffix = PLAIN + LogFiles.COMPRESSED;
    return bucket.list().keySet().stream()
        .filter(name -> name.endsWith(suffix))
        .map(name -> name.substring(0, name.length() - LogFiles.COMPRESSED.length()))
        .filter(file -> !Files.exists(files.compressed(file)))
        .sorted()
        .toList();
  }

  @Override
  public void fetch(String file, Path to) throws IOException {
    bucket.get(file + LogFiles.COMPRESSED, to);
  }

  @Override
  public void replace(String file, Path with) throws IOException {
    uploads.lock();
    try {
      put(file + LogFiles.COMPRESSED, with);
    } finally {
      uploads.unlock();
    }
  }

  @Override
  public void shipChanges() throws IOException {
    uploads.lock();
    try {
      // Whatever an upload left there that did not come to its end.
      for (String name : bucket.list().keySet()) {
        Path file = files.path().resolve(name);
        if (name.endsWith(PLAIN + LogFiles.COMPRESSED)
            && Files.exists(file)
            && !shipped.has(file)) {
          put(name, file);
        }
      }
    } finally {
      uploads.unlock();
    }
  }

  @Override
  public void close() {
    bucket.close();
  }

  private void put(String name, Path file) throws IOException {
    ShippedFiles.Shipped before = ShippedFiles.look(file);
    TextDigest digest = bucket.put(name, file);
    shipped.add(before, name, digest.sha256());
    log.info("{} is shipped: {} bytes", name, digest.size());
  }

  private List<Path> parts(String file) {
    List<Path> parts = new ArrayList<>();
    parts.add(files.compressed(file));
    Path checkpoints = files.path().resolve(CheckpointFiles.of(file));
    if (Files.exists(checkpoints)) {
      parts.add(checkpoints);
    }
    return parts;
  }
}
