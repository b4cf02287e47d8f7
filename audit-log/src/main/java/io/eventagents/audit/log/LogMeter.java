package io.eventagents.audit.log;

/** Counts what the log writes and what it lost. */
public interface LogMeter {

  /** Counts nothing. */
  LogMeter NONE =
      new LogMeter() {
        @Override
        public void written(int records, long bytes) {}

        @Override
        public void lost(long offsets) {}
      };

  /** These are in a file. */
  void written(int records, long bytes);

  /** The broker deleted these before they were read. */
  void lost(long offsets);
}
