package io.eventagents.local;

import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page that lists the addresses and some commands to try. */
@Controller
class WelcomePage {

  /** A minute more than the default lead time of a reminder. */
  private static final Duration SOON = Duration.ofMinutes(61);

  private final Addresses addresses;

  WelcomePage(Addresses addresses) {
    this.addresses = addresses;
  }

  @GetMapping("/welcome")
  String welcome(Model model) {
    model.addAttribute("addresses", addresses);
    model.addAttribute("recurring", addresses.createRecurringTask(Instant.now().plus(SOON)));
    return "local/welcome";
  }
}
