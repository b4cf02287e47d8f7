package io.eventagents.audit.console;

import io.eventagents.audit.answer.AnswerRoom;
import io.eventagents.audit.answer.Part;
import io.eventagents.audit.index.FoundRecord;
import io.eventagents.audit.index.RecordQueries;
import java.util.List;
import java.util.function.LongFunction;
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

/** The page of an event, or of a record that is no event. */
@Controller
final class EventPage {

  private final RecordQueries records;
  private final AnswerRoom room;
  private final EventContents contents;

  EventPage(RecordQueries records, AnswerRoom room, EventContents contents) {
    this.records = records;
    this.room = room;
    this.contents = contents;
  }

  @GetMapping("/events/{event_id}")
  ModelAndView event(
      @PathVariable("event_id") String eventId,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean within,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer,
      Model model) {
    return show(read(bytes -> records.event(eventId, 1, bytes)), eventId, within, viewer, model);
  }

  /** For ids that do not fit a path. */
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
        read(bytes -> records.at(topicId, partition, offset, bytes)),
        topicId + "/" + partition + "@" + offset,
        within,
        viewer,
        model);
  }

  /**
   * The whole data or payload. Always as plain text, whatever it claims to be: a browser shows or
   * saves it.
   */
  @GetMapping("/records/{topic_id}/{partition}/{offset}/content")
  ResponseEntity<byte[]> content(
      @PathVariable("topic_id") String topicId,
      @PathVariable int partition,
      @PathVariable long offset,
      @RequestAttribute(Viewer.ATTRIBUTE) Viewer viewer) {
    List<FoundRecord> found = read(bytes -> records.at(topicId, partition, offset, bytes));
    if (found.isEmpty()) {
      return ResponseEntity.notFound().build();
    }
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
        .body(contents.whole(found.getFirst(), viewer));
  }

  private List<FoundRecord> read(LongFunction<Part<FoundRecord>> from) {
    return room.share().read(from).rows();
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
