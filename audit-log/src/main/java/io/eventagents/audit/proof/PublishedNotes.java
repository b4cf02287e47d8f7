package io.eventagents.audit.proof;

import io.eventagents.audit.log.LogDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the notes beside the log were published, kept in a file. Where that is lost, all of them
 * are published once more, which does no harm. Not thread-safe.
 */
public final class PublishedNotes {

  private static final Logger log = LoggerFactory.getLogger(PublishedNotes.class);

  private static final String FILE = "checkpoints.published";

  private final LogDirectory directory;
  private final CheckpointFiles files;

  /** Bytes of the file of keys. */
  private long keys;

  /** Bytes of the file of breaks. */
  private long breaks;

  /** The file of checkpoints that was published last; empty where none was. */
  private String file = "";

  /** Bytes of it. */
  private long position;

  /**
   * Those beside a log.
   *
   * @throws IOException if what was kept cannot be read
   */
  public PublishedNotes(LogDirectory directory, CheckpointFiles files) throws IOException {
    this.directory = directory;
    this.files = files;
    Path kept = directory.path().resolve(FILE);
    if (Files.exists(kept)) {
      String[] parts = Files.readString(kept).strip().split(" ", -1);
      try {
        keys = Long.parseLong(parts[0]);
        position = Long.parseLong(parts[1]);
        file = parts[2];
        breaks = parts.length > 3 ? Long.parseLong(parts[3]) : 0;
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
        keys = 0;
        position = 0;
        file = "";
        breaks = 0;
        log.warn("{} is unreadable: all checkpoints are published once more", kept);
      }
    }
  }

  /**
   * What is published at once.
   *
   * @param notes in order
   * @param after what is published with them
   */
  public record Portion(List<SignedNote> notes, After after) {}

  /**
   * How far notes are published.
   *
   * @param keys bytes of the file of keys
   * @param breaks bytes of the file of breaks
   * @param file the file of checkpoints
   * @param position bytes of it
   */
  public record After(long keys, long breaks, String file, long position) {

    /** Where there are no breaks, it is as it was before there could be any. */
    String text() {
      return "%d %d %s%s\n".formatted(keys, position, file, breaks > 0 ? " " + breaks : "");
    }
  }

  /** The next notes, at most so many; null where all are published. */
  public @Nullable Portion next(int atMost) throws IOException {
    if (files.exists(CheckpointFiles.KEYS)) {
      List<SignedNote> notes = new ArrayList<>();
      long end = read(CheckpointFiles.KEYS, keys, atMost, notes);
      if (!notes.isEmpty()) {
        return new Portion(notes, new After(end, breaks, file, position));
      }
    }
    if (files.exists(CheckpointFiles.BREAKS)) {
      List<SignedNote> notes = new ArrayList<>();
      long end = read(CheckpointFiles.BREAKS, breaks, atMost, notes);
      if (!notes.isEmpty()) {
        return new Portion(notes, new After(keys, end, file, position));
      }
    }
    for (String name : files.names()) {
      if (name.compareTo(file) >= 0) {
        List<SignedNote> notes = new ArrayList<>();
        long end = read(name, name.equals(file) ? position : 0, atMost, notes);
        if (!notes.isEmpty()) {
          return new Portion(notes, new After(keys, breaks, name, end));
        }
      }
    }
    return null;
  }

  /** How many are left. */
  public long count() throws IOException {
    List<SignedNote> notes = new ArrayList<>();
    if (files.exists(CheckpointFiles.KEYS)) {
      read(CheckpointFiles.KEYS, keys, Integer.MAX_VALUE, notes);
    }
    if (files.exists(CheckpointFiles.BREAKS)) {
      read(CheckpointFiles.BREAKS, breaks, Integer.MAX_VALUE, notes);
    }
    for (String name : files.names()) {
      if (name.compareTo(file) >= 0) {
        read(name, name.equals(file) ? position : 0, Integer.MAX_VALUE, notes);
      }
    }
    return notes.size();
  }

  /** These are published. */
  public void advance(After to) throws IOException {
    directory.replace(FILE, to.text().getBytes(StandardCharsets.US_ASCII));
    keys = to.keys();
    breaks = to.breaks();
    file = to.file();
    position = to.position();
  }

  /** What is no note stays where it is: who verifies finds it. */
  private long read(String name, long published, int atMost, List<SignedNote> into)
      throws IOException {
    // One that became shorter was replaced: what is new in it may stand before that place.
    long from = files.size(name) < published ? 0 : published;
    long end = from;
    try (NoteReader reader = files.read(name, from)) {
      for (FoundNote found = reader.next();
          found != null && into.size() < atMost;
          found = reader.next()) {
        if (found.torn()) {
          break;
        }
        end = from + found.end();
        if (found.note() != null) {
          into.add(found.note());
        }
      }
    }
    return end;
  }
}
