package io.eventagents.local;

import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page beside the console: what runs where, and what to try. */
@Controller
class WelcomePage {

  /** A minute more than the reminder comes before. */
  private static final Duration SOON = Duration.ofMinutes(61);

  private final Addresses places;

  WelcomePage(Addresses places) {
    this.places = places;
  }

  @GetMapping("/welcome")
  String welcome(Model model) {
    model.addAttribute("places", places);
    model.addAttribute("recurring", places.createRecurringTask(Instant.now().plus(SOON)));
    return "local/welcome";
  }
}
