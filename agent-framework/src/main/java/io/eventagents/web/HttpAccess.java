package io.eventagents.web;

import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;

/** A way to log in. Which ones there are depends on the libraries that are present. */
interface HttpAccess {

  /** The {@code WWW-Authenticate} challenge; empty if this way is not used. */
  String challenge();

  /** The challenge after this failure. */
  default String challenge(@Nullable AuthenticationException failure) {
    return challenge();
  }

  void open(HttpSecurity http, ProblemAccess problems);
}
