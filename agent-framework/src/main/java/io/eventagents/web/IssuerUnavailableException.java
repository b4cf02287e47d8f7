package io.eventagents.web;

import org.springframework.security.authentication.AuthenticationServiceException;

/** Nobody can tell at the moment whether a token is valid. */
final class IssuerUnavailableException extends AuthenticationServiceException {

  private static final long serialVersionUID = 1L;

  IssuerUnavailableException(String message) {
    super(message);
  }

  IssuerUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
