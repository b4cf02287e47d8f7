package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file a name leads to, and what that file is like. A copy in the place of a file has another
 * key, whatever it holds.
 *
 * @param key device and inode; null if the file system does not tell them
 * @param size bytes
 * @param modified when it was written last
 */
public record FileState(@Nullable Object key, long size, FileTime modified) {

  /**
   * Looks.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  public static FileState of(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileState(found.fileKey(), found.size(), found.lastModifiedTime());
  }

  boolean isFile(@Nullable Object other) {
    return Objects.equals(key, other);
  }
}
