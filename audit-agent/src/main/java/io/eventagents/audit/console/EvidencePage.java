package io.eventagents.audit.console;

import io.eventagents.audit.evidence.LogState;
import io.eventagents.audit.evidence.VerificationProgress;
import io.eventagents.audit.evidence.Verifications;
import io.eventagents.audit.index.Indexer;
import io.eventagents.audit.index.RecordPlace;
import io.eventagents.audit.index.RecordsInPart;
import io.eventagents.audit.proof.Signing;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/**
 * The page of the evidence: what the last verification of the log found, and its last checkpoint.
 */
@Controller
final class EvidencePage {

  private final Verifications verifications;
  private final LogState state;
  private final Indexer indexer;
  private final Clock clock;

  EvidencePage(Verifications verifications, LogState state, Indexer indexer, Clock clock) {
    this.verifications = verifications;
    this.state = state;
    this.indexer = indexer;
    this.clock = clock;
  }

  @GetMapping("/evidence")
  String evidence(
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean within, Model model)
      throws IOException {
    Instant now = clock.instant();
    LogState.Log log = state.log();
    model.addAttribute("log", log);
    model.addAttribute("size", Counts.bytes(log.bytes()));
    model.addAttribute("lines", Counts.number(log.lines()));
    LogState.Signed signed = state.checkpoint();
    model.addAttribute("signed", signed);
    switch (state.signing()) {
      case Signing.Going going -> {}
      case Signing.Waiting waiting -> model.addAttribute("signsLater", waiting.because());
      case Signing.Refused refused -> model.addAttribute("signsNothing", refused.because());
    }
    model.addAttribute("breaks", state.breaks());
    if (signed != null) {
      model.addAttribute("signedAge", Moments.age(signed.time(), now));
      model.addAttribute("signedLines", Counts.number(signed.lines()));
    }
    Optional<VerificationProgress> running = verifications.progress();
    model.addAttribute("running", running.orElse(null));
    running.ifPresent(
        one -> {
          model.addAttribute("looked", Counts.bytes(one.bytes()));
          model.addAttribute("of", Counts.bytes(one.of()));
        });
    model.addAttribute("last", verifications.last().orElse(null));
    verifications
        .last()
        .ifPresent(
            last -> {
              model.addAttribute("lastAge", Moments.age(last.finishedAt(), now));
              model.addAttribute("lastLines", Counts.number(last.extent().lines()));
            });
    RecordsInPart inPart = indexer.inPart();
    model.addAttribute("inPart", inPart.count());
    model.addAttribute("inPartNamed", inPart.latest().stream().map(LinkedRecord::of).toList());
    model.addAttribute("notIndexed", indexer.trouble().orElse(null));
    model.addAttribute("failure", verifications.failure().orElse(null));
    return within ? "console/evidence :: evidence" : "console/evidence";
  }

  /**
   * A record that is not indexed in full.
   *
   * @param path of its page
   */
  record LinkedRecord(String name, String path, String because) {

    static LinkedRecord of(RecordsInPart.InPart record) {
      RecordPlace place = record.place();
      return new LinkedRecord(
          place.topic() + "/" + place.partition() + "@" + place.offset(),
          Links.record(place),
          record.because());
    }
  }

  /** Starts a verification, or lets the running one go at full speed. */
  @PostMapping("/evidence")
  String verify() {
    verifications.verifyNow();
    return "redirect:/evidence";
  }
}
