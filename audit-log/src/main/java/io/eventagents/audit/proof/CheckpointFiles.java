package io.eventagents.audit.proof;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notes beside the log: checkpoints, a file for each day's file, and the successions of keys
 * and the breaks, one file for all of each.
 */
public final class CheckpointFiles {

  /** The successions of keys. */
  public static final String KEYS = "signing-keys.notes";

  /** The breaks that were stated. */
  public static final String BREAKS = "breaks.notes";

  private static final Logger log = LoggerFactory.getLogger(CheckpointFiles.class);

  private static final Pattern NAME = Pattern.compile("audit-\\d{4}-\\d{2}-\\d{2}\\.checkpoints");
  private static final int DAY_LENGTH = "audit-YYYY-MM-DD".length();

  private final Path directory;

  /** How long a file was when it was last known to hold whole notes. */
  private final Map<String, Long> whole = new HashMap<>();

  /**
   * @param directory where the log is
   */
  public CheckpointFiles(Path directory) {
    this.directory = directory;
  }

  /** The name of the file with the checkpoints of this day's file. */
  public static String of(String logFile) {
    return logFile.substring(0, DAY_LENGTH) + ".checkpoints";
  }

  /** The name of the day's file that the checkpoints in this file are of. */
  public static String logFileOf(String name) {
    return name.substring(0, DAY_LENGTH) + ".jsonl";
  }

  /** The names of the files with checkpoints, oldest first. */
  public List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches())
          .sorted()
          .toList();
    }
  }

  /** Whether there is such a file. */
  public boolean exists(String name) {
    return Files.exists(directory.resolve(name));
  }

  /** Bytes of a file. */
  long size(String name) throws IOException {
    return Files.size(directory.resolve(name));
  }

  /** The notes of a file. */
  public NoteReader read(String name) throws IOException {
    return new NoteReader(open(name, 0));
  }

  /** The notes of a file from this byte on. */
  NoteReader read(String name, long from) throws IOException {
    return new NoteReader(open(name, from));
  }

  private InputStream open(String name, long from) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(directory.resolve(name)));
    in.skipNBytes(Math.min(from, Files.size(directory.resolve(name))));
    return in;
  }

  /**
   * The last checkpoint of a log that one of these keys signed, and that is of lines that are not
   * known to be missing; null if there is none.
   */
  @Nullable SignedCheckpoint last(String logId, KeyHistory keys, LogBreaks breaks)
      throws IOException {
    boolean strange = false;
    for (String name : names().reversed()) {
      for (SignedNote note : notes(name).reversed()) {
        Checkpoint checkpoint = checkpoint(note, logId);
        if (checkpoint != null && breaks.supersede(checkpoint)) {
          continue;
        }
        if (checkpoint != null && keys.vouchesFor(note, checkpoint.time())) {
          return new SignedCheckpoint(note, checkpoint);
        }
        if (!strange) {
          strange = true;
          log.warn(
              "The last note in {} is no checkpoint that the key of this log vouches for", name);
        }
      }
    }
    return null;
  }

  /** The notes of a file that were written whole; none if it is not there. */
  public List<SignedNote> notes(String name) throws IOException {
    List<SignedNote> notes = new ArrayList<>();
    if (exists(name)) {
      try (NoteReader reader = read(name)) {
        for (FoundNote found = reader.next(); found != null; found = reader.next()) {
          if (found.note() != null && !found.torn()) {
            notes.add(found.note());
          }
        }
      }
    }
    return notes;
  }

  static @Nullable Checkpoint checkpoint(SignedNote note, String logId) {
    try {
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      return checkpoint.logId().equals(logId) ? checkpoint : null;
    } catch (MalformedNote e) {
      return null;
    }
  }

  /**
   * Up to which byte of a day's file its checkpoints reach, whoever signed them: too far rather
   * than not far enough. Those of lines that are known to be missing reach nowhere.
   */
  long signedBytes(String logFile, String logId, LogBreaks breaks) throws IOException {
    long end = 0;
    for (SignedNote note : notes(of(logFile))) {
      Checkpoint checkpoint = checkpoint(note, logId);
      if (checkpoint != null
          && checkpoint.end().file().equals(logFile)
          && !breaks.supersede(checkpoint)) {
        end = Math.max(end, checkpoint.end().position());
      }
    }
    return end;
  }

  /**
   * Adds a note, and returns when the disk has it; a note that cannot be written leaves nothing.
   */
  void append(String name, SignedNote note) throws IOException {
    Path file = directory.resolve(name);
    boolean isNew = !Files.exists(file);
    if (!isNew && !Long.valueOf(Files.size(file)).equals(whole.remove(name))) {
      repair(name);
    }
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long end = channel.size();
      try {
        String before = endsWithALine(channel) ? "" : "\n";
        ByteBuffer bytes = ByteBuffer.wrap((before + note).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes, end + bytes.position());
        }
        channel.force(true);
        whole.put(name, end + bytes.limit());
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
    if (isNew) {
      try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
        opened.force(true);
      }
    }
  }

  /** Whatever stands there, by whomever: a note begins on a line of its own. */
  private static boolean endsWithALine(FileChannel channel) throws IOException {
    ByteBuffer last = ByteBuffer.allocate(1);
    return channel.size() == 0
        || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
  }

  /** A crash may have left half a note. What is signed stays, if only its line feed is missing. */
  private void repair(String name) throws IOException {
    long end = 0;
    boolean torn = false;
    try (NoteReader reader = read(name)) {
      for (FoundNote found = reader.next(); found != null; found = reader.next()) {
        torn = found.torn();
        end = torn ? found.start() : found.end();
      }
    }
    if (torn && !isSigned(name, end)) {
      log.warn("A crash left half a note at byte {} of {}: removed", end, name);
      try (FileChannel channel =
          FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  /** Whether what stands there to the end of the file is a note but for its line feed. */
  private boolean isSigned(String name, long from) throws IOException {
    try (InputStream in = open(name, from)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return SignedNote.parse(text + "\n").signatures().stream().allMatch(NoteSignature::isWhole);
    } catch (MalformedNote e) {
      return false;
    }
  }
}
