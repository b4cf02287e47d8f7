package io.eventagents.notification.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The addresses of a recipient that are gone, over HTTP, wherever recipients are known from. To
 * take them back makes the next message try them again.
 */
@RestController
@RequestMapping(
    path = "/recipients/{id}/gone-addresses",
    produces = MediaType.APPLICATION_JSON_VALUE)
final class GoneAddressController {

  private final GoneAddressTable table;

  GoneAddressController(GoneAddressTable table) {
    this.table = table;
  }

  @GetMapping
  GoneAddressesView show(@PathVariable String id) {
    return new GoneAddressesView(table.of(id).stream().map(GoneAddressView::new).toList());
  }

  @DeleteMapping
  ResponseEntity<Void> takeBack(@PathVariable String id) {
    table.takeBack(id);
    return ResponseEntity.noContent().build();
  }

  /** The body of the answer. */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record GoneAddressesView(List<GoneAddressView> goneAddresses) {}

  /**
   * One address.
   *
   * @param addressSha256 the digest of the address, which may be a secret
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record GoneAddressView(
      String channel,
      @JsonProperty("address_sha256") String addressSha256,
      String reason,
      Instant since) {

    GoneAddressView(GoneAddress address) {
      this(address.channel(), address.digest(), address.reason(), address.since());
    }
  }
}
