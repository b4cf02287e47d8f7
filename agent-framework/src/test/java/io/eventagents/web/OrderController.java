package io.eventagents.web;

import io.eventagents.CorrelationId;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the tests call. */
@RestController
class OrderController {

  private static final Logger log = LoggerFactory.getLogger(OrderController.class);

  record Line(String sku, int quantity) {}

  record Order(String customerId, List<Line> lines) {}

  @GetMapping(path = "/orders", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> list(@RequestParam int limit, CorrelationId correlation) {
    log.info("listing orders");
    return Map.of("limit", limit, "seen", correlation.value());
  }

  @PostMapping("/orders")
  Map<String, Object> create(@RequestBody Order order) {
    return Map.of("lines", order.lines().size());
  }

  @PostMapping("/bytes")
  int count(@RequestBody byte[] body) {
    return body.length;
  }

  @GetMapping("/large")
  byte[] large() {
    return new byte[50 * 1024 * 1024];
  }

  @GetMapping("/refused")
  void refused() {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "Sold out.");
    problem.setProperty("errors", List.of(Map.of("field", "sku", "message", "is sold out")));
    throw new ErrorResponseException(HttpStatus.CONFLICT, problem, null);
  }

  @GetMapping("/broken")
  void broken() {
    throw new IllegalStateException("secret of a class");
  }
}
