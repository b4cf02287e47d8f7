package io.eventagents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

class InvalidRequestTests {

  private static final FieldError SKU = new FieldError("sku", "must have 8 digits");
  private static final FieldError NAME = new FieldError("name", "is required");

  @Test
  void namesTheField() {
    InvalidRequest one = new InvalidRequest("sku", "must have 8 digits");

    assertThat(one.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    assertThat(one.getBody().getDetail()).isEqualTo("sku must have 8 digits.");
    assertThat(one).hasMessage("sku must have 8 digits.");
    assertThat(one.errors()).containsExactly(SKU);
    assertThat(one.getBody().getProperties()).containsEntry("errors", List.of(SKU));
  }

  @Test
  void namesAllFields() {
    InvalidRequest two = new InvalidRequest(List.of(SKU, NAME));

    assertThat(two).hasMessage("sku must have 8 digits; see errors for all.");
    assertThat(two.errors()).containsExactly(SKU, NAME);
    assertThat(new InvalidRequest("All wrong.", List.of(SKU, NAME)))
        .hasMessage("All wrong.")
        .extracting(InvalidRequest::errors)
        .isEqualTo(List.of(SKU, NAME));
  }

  @Test
  void hasNoErrorsIfItIsAboutNoField() {
    assertThat(new InvalidRequest("Not so.").errors()).isEmpty();
    assertThat(new InvalidRequest("Not so.").getBody().getProperties()).isNull();
  }

  @Test
  void othersHaveTheirStatusAndSayWhenToAskAgain() {
    ErrorResponseException away = Problems.unavailable("Away.", Duration.ofMillis(5_900));

    assertThat(away.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
    assertThat(away.getBody().getDetail()).isEqualTo("Away.");
    assertThat(away.getHeaders().getFirst("Retry-After")).isEqualTo("5");
    assertThat(Problems.of(HttpStatus.GONE, "Gone.").getBody().getStatus()).isEqualTo(410);
  }
}
