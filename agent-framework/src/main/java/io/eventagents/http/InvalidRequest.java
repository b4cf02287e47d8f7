package io.eventagents.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A request is not valid: 400, with a problem document whose {@code errors} name each field.
 *
 * <pre>{@code
 * throw new InvalidRequest("sku", "must have 8 digits"); // detail: "sku must have 8 digits."
 * }</pre>
 *
 * <p>Its message is the document's detail.
 */
public final class InvalidRequest extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  private final String detail;
  private final transient List<FieldError> errors;

  /**
   * No field is wrong, but something else, such as broken JSON. The document has no {@code errors}.
   */
  public InvalidRequest(String detail) {
    this(detail, List.of());
  }

  /** One field is wrong. */
  public InvalidRequest(String field, String message) {
    this(List.of(new FieldError(field, message)));
  }

  /**
   * Several fields are wrong.
   *
   * @param errors at least one; the first makes the detail
   */
  public InvalidRequest(List<FieldError> errors) {
    this(detailOf(errors), errors);
  }

  /**
   * @param errors left out of the document if empty
   */
  public InvalidRequest(String detail, List<FieldError> errors) {
    this(detail, errors, null);
  }

  InvalidRequest(String detail, List<FieldError> errors, @Nullable Throwable cause) {
    super(
        HttpStatus.BAD_REQUEST,
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail),
        cause);
    this.detail = detail;
    this.errors = List.copyOf(errors);
    if (!errors.isEmpty()) {
      getBody().setProperty("errors", this.errors);
    }
  }

  private static String detailOf(List<FieldError> errors) {
    FieldError first = errors.getFirst();
    String more = errors.size() > 1 ? "; see errors for all." : ".";
    return first.field() + " " + first.message() + more;
  }

  @Override
  public String getMessage() {
    return detail;
  }

  /** What is wrong with each field; empty if no field is wrong. */
  public List<FieldError> errors() {
    return errors;
  }
}
