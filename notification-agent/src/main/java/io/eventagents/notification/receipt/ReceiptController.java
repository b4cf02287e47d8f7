package io.eventagents.notification.receipt;

import io.eventagents.DatabaseFailure;
import io.eventagents.DependencyUnavailable;
import io.eventagents.http.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Receives the receipts of providers. Each provider has a path of its own, which exists if the
 * provider is configured. Receipts prove their origin, so no login is required.
 */
@RestController
final class ReceiptController {

  /** The paths that need no login. */
  static final String PATHS = "/receipts/*";

  private static final Logger log = LoggerFactory.getLogger(ReceiptController.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Map<String, ReceiptSource> sources;
  private final ReceiptIntake receipts;
  private final ReceiptCounts counts;

  ReceiptController(List<ReceiptSource> sources, ReceiptIntake receipts, ReceiptCounts counts) {
    this.sources =
        sources.stream().collect(Collectors.toMap(ReceiptSource::name, Function.identity()));
    this.receipts = receipts;
    this.counts = counts;
  }

  /**
   * Accepts a receipt. The answer is the same if the message is unknown, as the provider would
   * repeat the receipt for days in vain.
   */
  @PostMapping("/receipts/{name}")
  ResponseEntity<Void> accept(
      @PathVariable String name,
      @RequestHeader HttpHeaders headers,
      @RequestBody(required = false) byte @Nullable [] body) {
    ReceiptSource source = sources.get(name);
    if (source == null) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND, "No receipts are configured under this name.");
    }
    accept(source, new ReceiptRequest(headers, body == null ? new byte[0] : body));
    return ResponseEntity.noContent().build();
  }

  private void accept(ReceiptSource source, ReceiptRequest request) {
    try {
      receipts.take(source.name(), source.read(request));
    } catch (ForgedReceipt e) {
      counts.add(source.name(), ReceiptOutcome.FORGED);
      log.warn("A receipt was refused: {}", e.getMessage());
      if (e.unauthenticated()) {
        throw unauthenticated();
      }
      throw new ResponseStatusException(
          HttpStatus.FORBIDDEN, "The receipt does not prove its origin.", e);
    } catch (MalformedReceipt e) {
      counts.add(source.name(), ReceiptOutcome.MALFORMED);
      log.warn("A receipt of {} cannot be read: {}", source.name(), e.getMessage());
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    } catch (DependencyUnavailable e) {
      if (DatabaseFailure.comesBack(e)) {
        throw e; // answered as by every other controller
      }
      log.warn("Receipts of {} must be sent again: {}", source.name(), e.getMessage());
      throw Problems.unavailable("The receipt cannot be taken now. Send it again.", RETRY_AFTER);
    }
  }

  /** Asks for user and password. */
  private static ErrorResponseException unauthenticated() {
    ErrorResponseException problem =
        Problems.of(HttpStatus.UNAUTHORIZED, "The user or password is wrong.");
    problem
        .getHeaders()
        .set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"receipts\", charset=\"UTF-8\"");
    return problem;
  }
}
