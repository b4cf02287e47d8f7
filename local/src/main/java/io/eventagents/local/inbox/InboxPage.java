package io.eventagents.local.inbox;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The page that shows the {@link Inbox}, newest first. */
@Controller
class InboxPage {

  private static final int PAGE = 100;

  private final Inbox inbox;

  InboxPage(Inbox inbox) {
    this.inbox = inbox;
  }

  @GetMapping("/inbox")
  String inbox(
      @RequestParam(defaultValue = "9223372036854775807") long before,
      Model model,
      HttpServletResponse response) {
    // Anyone can write a message, so nothing on the page runs, loads or sends anything.
    response.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response.setHeader("Cache-Control", "no-store");
    List<Received> page = inbox.before(before, PAGE + 1);
    List<InboxEntry> entries = page.stream().limit(PAGE).map(InboxEntry::of).toList();
    model.addAttribute("entries", entries);
    model.addAttribute("kept", inbox.size());
    model.addAttribute("capacity", Inbox.CAPACITY);
    model.addAttribute("file", inbox.path());
    model.addAttribute("older", page.size() > PAGE ? entries.getLast().received().number() : null);
    model.addAttribute("first", before == Long.MAX_VALUE);
    return "local/inbox";
  }
}
