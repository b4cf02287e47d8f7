package io.eventagents.local;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page at the root: what runs where, and what to try. */
@Controller
class HomePage {

  private final Places places;

  HomePage(Places places) {
    this.places = places;
  }

  @GetMapping("/")
  String home(Model model) {
    model.addAttribute("places", places);
    return "local/home";
  }
}
