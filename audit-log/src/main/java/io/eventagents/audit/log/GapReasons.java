package io.eventagents.audit.log;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells why offsets are missing, at the moment when the record behind them is logged. */
@FunctionalInterface
public interface GapReasons {

  /** Knows of none. */
  GapReasons UNTOLD =
      gaps -> gaps.stream().collect(Collectors.toMap(gap -> gap, gap -> GapReason.UNKNOWN));

  /**
   * The reason of each gap. Never throws: what cannot be found out is {@link GapReason#UNKNOWN}.
   *
   * @param gaps those of one batch, at least one
   */
  Map<Gap, GapReason> of(Collection<Gap> gaps);
}
