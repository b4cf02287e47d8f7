package io.eventagents.audit.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What was shipped of the log, for who has to change it there too. */
public interface RemovedFiles {

  /** Where nothing is shipped. */
  RemovedFiles NONE =
      new RemovedFiles() {
        @Override
        public List<String> names() {
          return List.of();
        }

        @Override
        public void fetch(String file, Path to) {
          throw new IllegalStateException("Nothing is shipped");
        }

        @Override
        public void replace(String file, Path with) {
          throw new IllegalStateException("Nothing is shipped");
        }

        @Override
        public void shipChanges() {}
      };

  /** The daily files that were shipped and whose compressed form is no longer in the directory. */
  List<String> names() throws IOException;

  /** Gets the compressed form of one of them. */
  void fetch(String file, Path to) throws IOException;

  /** Puts another compressed form in its place; returns when it was verified. */
  void replace(String file, Path with) throws IOException;

  /**
   * Ships again what is in the bucket and in the directory, and not the same; returns when all of
   * it was verified.
   */
  void shipChanges() throws IOException;
}
