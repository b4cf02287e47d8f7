package io.eventagents.audit.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens a daily file for writing and reading, making it if it is missing. */
@FunctionalInterface
interface FileOpener {

  FileOpener DISK =
      file ->
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  FileChannel open(Path file) throws IOException;
}
