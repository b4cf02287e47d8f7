package io.eventagents.audit.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What all pages of the console share. */
@ControllerAdvice(basePackageClasses = ConsoleModel.class)
final class ConsoleModel {

  /**
   * Allows nothing from elsewhere and nothing inline, whatever the rest of the application sets.
   */
  static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final boolean everybodySeesPersonal;
  private final List<ConsoleLink> links;

  ConsoleModel(boolean everybodySeesPersonal, List<ConsoleLink> links) {
    this.everybodySeesPersonal = everybodySeesPersonal;
    this.links = List.copyOf(links);
  }

  @ModelAttribute
  void page(HttpServletRequest request, HttpServletResponse response, ModelMap model) {
    response.setHeader("Content-Security-Policy", POLICY);
    request.setAttribute(Viewer.ATTRIBUTE, Viewer.of(request, everybodySeesPersonal));
    model.addAttribute("links", links);
  }
}
