package io.eventagents.audit.verification;

import io.eventagents.audit.log.DamagedFile;
import io.eventagents.audit.log.LogContent;
import io.eventagents.audit.log.LogFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * The days that are there twice, compressed and not: the uncompressed form is read. A crash leaves
 * that, and the same text in both; whatever else the compressed form has was put there.
 */
final class DuplicateFileCheck {

  private static final int CHUNK = 256 * 1024;

  private final LogFiles files;
  private final Findings changes;
  private final List<String> notes;

  DuplicateFileCheck(LogFiles files, Findings changes, List<String> notes) {
    this.files = files;
    this.changes = changes;
    this.notes = notes;
  }

  /** Compares the two forms of a day's file, where there are two. */
  void compare(String file) throws IOException {
    String compressed = file + LogFiles.COMPRESSED;
    if (!Files.exists(files.plain(file)) || !Files.exists(files.compressed(file))) {
      return;
    }
    try {
      long difference = difference(file);
      if (difference < 0) {
        notes.add(
            "%s is there too, with the text of %s, which was read: a crash came before the one was removed that is not needed any more; the agent does that"
                .formatted(compressed, file));
      } else {
        changes.add(
            compressed,
            0,
            difference,
            "the same text as in %s, which is there too and was read".formatted(file),
            "another from there on");
      }
    } catch (NoSuchFileException e) {
      notes.add("%s was settled with its compressed form meanwhile".formatted(file));
    } catch (DamagedFile e) {
      changes.add(
          compressed,
          0,
          -1,
          "the same text as in %s, which is there too and was read".formatted(file),
          e.getMessage());
    }
  }

  /** Where the texts begin to differ; -1 if they don't. */
  private long difference(String file) throws IOException {
    try (LogContent one = LogFiles.openPlain(files.plain(file));
        LogContent other = LogFiles.openCompressed(files.compressed(file))) {
      ByteBuffer ofOne = ByteBuffer.allocate(CHUNK);
      ByteBuffer ofOther = ByteBuffer.allocate(CHUNK);
      long position = 0;
      do {
        one.readFully(ofOne.clear(), position);
        other.readFully(ofOther.clear(), position);
        int mismatch = ofOne.flip().mismatch(ofOther.flip());
        if (mismatch >= 0) {
          return position + mismatch;
        }
        position += ofOne.limit();
      } while (ofOne.limit() == CHUNK);
      return -1;
    }
  }
}
