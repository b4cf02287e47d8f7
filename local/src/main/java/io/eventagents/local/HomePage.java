package io.eventagents.local;

import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page at the root: what runs where, and what to try. */
@Controller
class HomePage {

  /** A minute more than the reminder comes before. */
  private static final Duration SOON = Duration.ofMinutes(61);

  private final Places places;

  HomePage(Places places) {
    this.places = places;
  }

  @GetMapping("/")
  String home(Model model) {
    model.addAttribute("places", places);
    model.addAttribute("recurring", places.createRecurringTask(Instant.now().plus(SOON)));
    return "local/home";
  }
}
