package io.eventagents.audit.evidence;

import io.eventagents.audit.index.IndexCheck;
import io.eventagents.audit.verification.Deviation;
import io.eventagents.audit.verification.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Whether the index says what the log says, as a verdict beside those on the log. */
final class IndexComparison {

  private static final Logger log = LoggerFactory.getLogger(IndexComparison.class);

  private final IndexCheck check;

  IndexComparison(IndexCheck check) {
    this.check = check;
  }

  /**
   * Compares.
   *
   * @param progress told how many bytes of the log were compared
   * @return null if the database does not answer
   * @throws IOException if the log cannot be read
   */
  @Nullable Verdict compare(LongConsumer progress) throws IOException {
    try {
      Deviation first = check.run(progress);
      return first == null
          ? new Verdict(true, 0, List.of())
          : new Verdict(false, 1, List.of(first));
    } catch (DataAccessException e) {
      log.warn("The index could not be compared with the log: {}", e.toString());
      return null;
    }
  }
}
