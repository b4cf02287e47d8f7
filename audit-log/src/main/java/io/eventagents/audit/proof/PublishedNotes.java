package io.eventagents.audit.proof;

import io.eventagents.audit.log.ByteText;
import io.eventagents.audit.log.LogDirectory;
import java.io.IOException;
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

  private After published = After.NOTHING;

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
        published =
            new After(
                Long.parseLong(parts[0]),
                parts.length > 3 ? Long.parseLong(parts[3]) : 0,
                parts[2],
                Long.parseLong(parts[1]));
      } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
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
   * @param file the file of checkpoints that was published last; empty if none was
   * @param position bytes of it
   */
  public record After(long keys, long breaks, String file, long position) {

    private static final After NOTHING = new After(0, 0, "", 0);

    /** How many bytes of a file. */
    private long of(String name) {
      return switch (name) {
        case CheckpointFiles.KEYS -> keys;
        case CheckpointFiles.BREAKS -> breaks;
        default -> name.equals(file) ? position : 0;
      };
    }

    /** With so many bytes of a file. */
    private After with(String name, long bytes) {
      return switch (name) {
        case CheckpointFiles.KEYS -> new After(bytes, breaks, file, position);
        case CheckpointFiles.BREAKS -> new After(keys, bytes, file, position);
        default -> new After(keys, breaks, name, bytes);
      };
    }

    /** Where there are no breaks, it is as it was before there could be any. */
    String text() {
      return "%d %d %s%s\n".formatted(keys, position, file, breaks > 0 ? " " + breaks : "");
    }
  }

  /** The next notes, at most so many; null where all are published. */
  public @Nullable Portion next(int atMost) throws IOException {
    for (String name : names()) {
      List<SignedNote> notes = new ArrayList<>();
      long end = read(name, atMost, notes);
      if (!notes.isEmpty()) {
        return new Portion(notes, published.with(name, end));
      }
    }
    return null;
  }

  /** How many are left. */
  public long count() throws IOException {
    List<SignedNote> notes = new ArrayList<>();
    for (String name : names()) {
      read(name, Integer.MAX_VALUE, notes);
    }
    return notes.size();
  }

  /** These are published. */
  public void advance(After to) throws IOException {
    directory.replace(FILE, ByteText.ascii(to.text()));
    published = to;
  }

  /** The files that may have more, in the order in which they are published. */
  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>(List.of(CheckpointFiles.KEYS, CheckpointFiles.BREAKS));
    names.removeIf(name -> !files.exists(name));
    for (String name : files.names()) {
      if (name.compareTo(published.file()) >= 0) {
        names.add(name);
      }
    }
    return names;
  }

  /** What is no note stays where it is: who verifies finds it. */
  private long read(String name, int atMost, List<SignedNote> into) throws IOException {
    // One that became shorter was replaced: what is new in it may stand before that place.
    long from = files.size(name) < published.of(name) ? 0 : published.of(name);
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
