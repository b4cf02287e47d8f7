package io.eventagents.web;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * The server could not parse a request: a parameter or a part of its body is not encoded correctly.
 */
@SuppressWarnings("OrphanedFormatString") // What looks like one is an escape of a URL.
final class MalformedRequestException extends ErrorResponseException {

  @Serial private static final long serialVersionUID = 1L;

  private MalformedRequestException(String detail, Exception cause) {
    super(
        HttpStatus.BAD_REQUEST,
        ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail),
        cause);
  }

  static MalformedRequestException parameters(Exception cause) {
    return new MalformedRequestException(
        "The parameters cannot be read: each is UTF-8, percent-encoded, such as title=caf%C3%A9.",
        cause);
  }

  static MalformedRequestException parts(Exception cause) {
    return new MalformedRequestException(
        "The parts of the body cannot be read: see RFC 7578 for what multipart/form-data is.",
        cause);
  }
}
