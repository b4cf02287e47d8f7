package io.eventagents.audit.console;

import io.eventagents.audit.index.ChainOutlines;
import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.index.RecordQueries;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The page of an event, and of a record that is none. */
@Controller
final class EventPage {

  private final RecordQueries records;
  private final ChainOutlines outlines;
  private final EventContents contents;

  EventPage(RecordQueries records, ChainOutlines outlines, EventContents contents) {
    this.records = records;
    this.outlines = outlines;
    this.contents = contents;
  }

  @GetMapping("/events/{event_id}")
  ModelAndView event(
      @PathVariable("event_id") String eventId,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean within,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    return show(records.event(eventId, 1), eventId, within, viewer, model);
  }

  /** For ids that cannot stand in a path. */
  @GetMapping(path = "/events", params = "event_id")
  ModelAndView eventOfAnyName(
      @RequestParam("event_id") String eventId,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean within,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    return event(eventId, within, viewer, model);
  }

  @GetMapping("/records/{topic_id}/{partition}/{offset}")
  ModelAndView record(
      @PathVariable("topic_id") String topicId,
      @PathVariable int partition,
      @PathVariable long offset,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean within,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    return show(
        outlines.at(topicId, partition, offset),
        topicId + "/" + partition + "@" + offset,
        within,
        viewer,
        model);
  }

  /**
   * Data or payload as a whole. Never as what it says it is: a browser saves it, or shows it as
   * text.
   */
  @GetMapping("/records/{topic_id}/{partition}/{offset}/content")
  ResponseEntity<byte[]> content(
      @PathVariable("topic_id") String topicId,
      @PathVariable int partition,
      @PathVariable long offset,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer) {
    List<FoundRecord> found = outlines.at(topicId, partition, offset);
    if (found.isEmpty()) {
      return ResponseEntity.notFound().build();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
        .body(contents.whole(found.getFirst(), viewer));
  }

  private ModelAndView show(
      List<FoundRecord> found, String name, boolean within, Viewer viewer, Model model) {
    if (found.isEmpty()) {
      model.addAttribute("name", name);
      return new ModelAndView(
          within ? "console/unknown-event :: details" : "console/unknown-event",
          within ? HttpStatus.OK : HttpStatus.NOT_FOUND);
    }
    model.addAttribute("event", contents.of(found.getFirst(), viewer));
    model.addAttribute("within", within);
    return new ModelAndView(within ? "console/event :: details" : "console/event");
  }
}
