package io.eventagents.audit.console;

import io.eventagents.audit.answer.Part;
import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.Criterion;
import io.eventagents.audit.index.Finding;
import io.eventagents.audit.index.OutlinedEvent;
import io.eventagents.audit.index.RecordFilter;
import io.eventagents.audit.index.RecordQueries;
import io.eventagents.audit.index.Search;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds chains by any id or text. Thread-safe. */
final class ChainSearch {

  private static final int SHOWN = 50;

  /** A search may find several records of a chain, which is shown once. */
  private static final int LOOKED_AT = 500;

  private final Search search;
  private final RecordQueries records;
  private final ChainOutlines outlines;

  ChainSearch(Search search, RecordQueries records, ChainOutlines outlines) {
    this.search = search;
    this.records = records;
    this.outlines = outlines;
  }

  /**
   * What was found.
   *
   * @param path of the one thing that has exactly this id; null if there is none
   * @param what the term is, in words; empty if it was not found
   * @param starts of the chains in which the term occurs
   * @param more whether there are more
   */
  record Found(@Nullable String path, String what, List<OutlinedEvent> starts, boolean more) {}

  /** An id leads to the page of what it names; anything else to the chains that contain it. */
  Found find(String term) {
    return search.find(term).map(this::found).orElse(new Found(null, "", List.of(), false));
  }

  private Found found(Finding finding) {
    Criterion criterion = finding.criterion();
    return switch (criterion) {
      case CHAIN -> at(Links.chain(finding.text()));
      case EVENT -> at(Links.event(finding.text()));
      default -> with(criterion.parameter(), RecordFilter.of(criterion, finding.text()));
    };
  }

  private static Found at(String path) {
    return new Found(path, "", List.of(), false);
  }

  private Found with(String what, RecordFilter filter) {
    Part<String> chains = records.chains(filter, LOOKED_AT);
    List<OutlinedEvent> starts =
        chains.rows().stream()
            .limit(SHOWN)
            .flatMap(chain -> outlines.start(chain).stream())
            .toList();
    return new Found(null, what, starts, chains.rows().size() > SHOWN || chains.more());
  }
}
